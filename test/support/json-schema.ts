/** The part of JSON Schema that our schemas use. */
interface Schema {
  readonly [keyword: string]: unknown;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

const known = new Set([
  ...['$schema', 'title', 'description', 'type', 'properties', 'required', 'additionalProperties', 'items'],
  ...['minItems', 'maxItems', 'enum', 'const', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
]);

/** Every place where a value breaks the schema; throws for keywords that are not looked at. */
export function schemaErrors(schema: Schema, value: unknown, path = '$'): string[] {
  const strange = Object.keys(schema).find((keyword) => !known.has(keyword));
  if (strange) throw new Error(`${path}: the keyword ${strange} is not checked`);
  const errors = [...typeErrors(schema, value), ...rangeErrors(schema, value)].map((error) => `${path}: ${error}`);
  if (Array.isArray(value)) {
    const { items = {}, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
    if (value.length < minItems || value.length > maxItems) errors.push(`${path}: ${value.length} items`);
    return [...errors, ...value.flatMap((item, i) => schemaErrors(items, item, `${path}[${i}]`))];
  }
  if (typeof value !== 'object' || value === null) return errors;
  const { properties = {}, required = [], additionalProperties = true } = schema;
  for (const name of required) if (!(name in value)) errors.push(`${path}: ${name} is missing`);
  for (const [name, entry] of Object.entries(value)) {
    const own = properties[name];
    if (own) errors.push(...schemaErrors(own, entry, `${path}.${name}`));
    else if (!additionalProperties) errors.push(`${path}: ${name} is not known`);
  }
  return errors;
}

function typeErrors({ type, enum: choices, const: constant }: Schema, value: unknown): string[] {
  const types = typeof type === 'string' ? [type] : (type ?? [typeOf(value)]);
  const fits = types.includes(typeOf(value)) || (types.includes('number') && typeOf(value) === 'integer');
  return [
    ...(fits ? [] : [`is ${typeOf(value)}, not ${types.join(' or ')}`]),
    ...(choices && !choices.includes(value) ? [`is ${value}, not one of ${choices.join(', ')}`] : []),
    ...(constant !== undefined && value !== constant ? [`is ${value}, not ${constant}`] : []),
  ];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function rangeErrors(schema: Schema, value: unknown): string[] {
  if (typeof value !== 'number') return [];
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = schema;
  const inside = value >= minimum && value <= maximum && value > exclusiveMinimum && value < exclusiveMaximum;
  return inside || !Number.isFinite(value) ? [] : [`is ${value}, out of range`];
}
