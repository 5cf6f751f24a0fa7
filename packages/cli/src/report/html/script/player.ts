/** Part of the page's script: the slider over the iterations, its play button, and all that follows it. */
export const playerScript = `
const secondsPerFrame = 0.7;

/**
 * @param {PageData} data
 * @param {(frame: Frame) => void} showPicture
 */
function startPlayer(data, showPicture) {
  const last = data.frames.length - 1;
  const slider = field('iteration');
  const button = document.getElementById('play');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {number} index */
  function show(index) {
    const frame = data.frames[index];
    slider.value = String(index);
    slider.setAttribute('aria-valuetext', frame.spoken);
    frame.readout.forEach((text, i) => setText('readout-' + i, text));
    for (const cursor of document.querySelectorAll('.follows-iteration')) cursor.setAttribute('x', frame.position);
    setText('masked-score', frame.score);
    showTrials(index);
    showPicture(frame);
  }

  /** @param {boolean} playing */
  function label(playing) {
    if (!button) return;
    button.classList.toggle('playing', playing);
    button.setAttribute('aria-label', playing ? 'Pause' : 'Play the iterations');
  }

  function stop() {
    clearTimeout(timer);
    timer = undefined;
    label(false);
  }

  function advance() {
    const next = Number(slider.value) + 1;
    show(next);
    if (next >= last) stop();
    else timer = setTimeout(advance, 1000 * secondsPerFrame);
  }

  slider.addEventListener('input', () => {
    stop();
    show(Number(slider.value));
  });
  button?.addEventListener('click', () => {
    if (timer !== undefined) return stop();
    if (Number(slider.value) >= last) show(0);
    label(true);
    timer = setTimeout(advance, 1000 * secondsPerFrame);
  });
  document.addEventListener('choose-iteration', (event) => {
    stop();
    show(nearestFrame(data.frames, event instanceof CustomEvent ? event.detail : 0));
  });
  field('all-trials').addEventListener('change', () => showTrials(Number(slider.value)));
  show(last);
}

/**
 * @param {Frame[]} frames
 * @param {number} share of the way from the first to the last iteration
 */
function nearestFrame(frames, share) {
  const distances = frames.map((frame) => Math.abs(parseFloat(frame.position) - 100 * share));
  return distances.indexOf(Math.min(...distances));
}

/**
 * Shows the line search that led to a frame, or all of them.
 * @param {number} index
 */
function showTrials(index) {
  const all = field('all-trials').checked;
  for (const part of document.querySelectorAll('[data-frame]')) {
    if (part instanceof HTMLElement) part.hidden = !all && part.dataset.frame !== String(index);
  }
}
`;
