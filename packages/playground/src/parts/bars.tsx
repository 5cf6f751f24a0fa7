/** Shares from 0 to 1 as bars, with names and numbers; a table for those who do not see it. */
export function Bars({
  caption,
  rows,
  format,
}: {
  readonly caption: string;
  readonly rows: readonly { readonly name: string; readonly value: number; readonly strong?: boolean }[];
  readonly format: (value: number) => string;
}) {
  const largest = rows.reduce((most, { value }) => Math.max(most, value), 0) || 1;
  return (
    <table class="bars">
      <caption>{caption}</caption>
      <tbody>
        {rows.map(({ name, value, strong }) => (
          <tr key={name} class={strong ? 'strong' : undefined}>
            <th scope="row">{name}</th>
            <td>
              <span class="bar" style={{ '--share': value / Math.max(1, largest) }} />
              <span class="number">{format(value)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
