// What the pages do a little more nicely with a script; everything works without it.
'use strict';

document.documentElement.classList.add('jalur-scripted');

// Clocks go on while the page is open.
const fill = (text, ...values) => values.reduce((all, value, i) => all.replace(`{${i}}`, value), text);

function span(minutes, words) {
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return fill(words.days, Math.floor(hours / 24), hours % 24);
  return hours > 0 ? fill(words.hours, hours, minutes % 60) : fill(words.minutes, minutes);
}

function tick() {
  const words = document.body.dataset;
  for (const clock of document.querySelectorAll('[data-clock]')) {
    if (clock.dataset.clock === 'stopped') continue;
    const minutes = Math.floor((Date.parse(clock.dateTime) - Date.now()) / 60000);
    const urgency = minutes < 0 ? 'late' : minutes < 60 ? 'soon' : 'calm';
    clock.textContent = fill(words[urgency], span(minutes < 0 ? -minutes - 1 : minutes, words));
    clock.parentElement.className = `jalur-clock jalur-clock--${urgency}`;
  }
}

// Uploads say how far they are; the page that answers takes the place of this one.
function upload(form) {
  const row = form.querySelector('[data-progress-bar]');
  const bar = row.querySelector('progress');
  row.hidden = false;
  const call = new XMLHttpRequest();
  call.upload.onprogress = (at) => { if (at.lengthComputable) bar.value = (100 * at.loaded) / at.total; };
  call.upload.onload = () => bar.removeAttribute('value');
  call.onload = () => {
    if (!call.response) return location.reload();
    document.title = call.response.title;
    document.body.replaceWith(call.response.body);
    history.replaceState(null, '', call.responseURL.replace(/\/(csv|file)$/, ''));
    scrollTo(0, 0);
    begin();
  };
  call.onerror = () => form.submit();
  call.open('POST', form.action);
  call.responseType = 'document';
  call.send(new FormData(form));
}

// Measures show up as they come in, ever more rarely, for ten minutes: an open page is nobody at work.
const MOST = 10 * 60 * 1000;
const live = () => document.querySelector('[data-live-again="true"]');
const stops = (part) => [part, ...part.querySelectorAll('a, button, input, summary, [tabindex]')];
let opened;
let shown;
let next;

async function look(pause) {
  const open = Date.now() - opened;
  if (open > MOST) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html', 'Jalur-Open-For': Math.round(open / 1000) } });
    if (answer.status !== 200 || answer.redirected) return;
    if (put(new DOMParser().parseFromString(await answer.text(), 'text/html'))) pause = 500;
  } catch {
    // The next round tries again.
  }
  wait(Math.min(2 * pause, 15000));
}

function wait(pause) {
  clearTimeout(next);
  if (live()) next = setTimeout(look, pause, pause);
}

// Only what changed is put in, and what was ticked, revealed, focused or scrolled to stays so.
function put(page) {
  const old = live();
  const fresh = old && page.querySelector(`[data-live="${old.dataset.live}"]`);
  if (!fresh || fresh.outerHTML === shown) return false;
  shown = fresh.outerHTML;
  for (const box of old.querySelectorAll('input[id]')) {
    const again = fresh.querySelector(`#${CSS.escape(box.id)}`);
    if (again) again.checked = box.checked;
  }
  const at = document.activeElement;
  const stop = stops(old).indexOf(at);
  const { scrollTop } = old;
  old.replaceWith(fresh);
  for (const picture of old.querySelectorAll('img')) {
    fresh.querySelector(`img[src="${CSS.escape(picture.getAttribute('src'))}"]`)?.replaceWith(picture);
  }
  fresh.scrollTop = scrollTop;
  if (stop >= 0) (document.getElementById(at.id) ?? stops(fresh)[stop])?.focus({ preventScroll: true });
  mark();
  return true;
}

// Only the fields that the chosen outcome needs.
function fit() {
  const chosen = document.querySelector('input[name=outcome]:checked')?.value;
  for (const part of document.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== chosen;
}

// What is ticked is what is decided; nothing ticked means all.
function choose() {
  const any = document.querySelector('input[name=items][type=checkbox]:checked');
  const which = document.querySelector(`input[name=which][value=${any ? 'chosen' : 'all'}]`);
  if (which) which.checked = true;
}
document.addEventListener('change', (event) => { if (event.target.name === 'items') choose(); });

// The item that keys are for.
const outcomes = { b: 'blocked', w: 'withheld', r: 'refused', q: 'clarification', i: 'impossible' };
const items = () => [...document.querySelectorAll('[data-item]')];
const item = () => items()[Math.max(current, 0)];
let current;

function mark() {
  items().forEach((one, i) => one.classList.toggle('jalur-current', i === current));
}

function move(by) {
  current = Math.min(Math.max(current + by, 0), items().length - 1);
  mark();
  item()?.scrollIntoView({ block: 'nearest' });
}

// Never while somebody types, never with a modifier.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
  const typing = event.target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select');
  const acting = event.target.closest('a, button, summary');
  if (typing || (acting && event.key === 'Enter')) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const boxes = [...document.querySelectorAll('input[name=items][type=checkbox]')];
  if (button) {
    button.click();
  } else if (event.key === 'j' || event.key === 'k') {
    move(event.key === 'j' ? 1 : -1);
  } else if (event.key === 'x') {
    item()?.querySelector('input[name=items]')?.click();
  } else if (event.key === 'a') {
    const all = boxes.every((box) => box.checked);
    boxes.filter((box) => box.checked === all).forEach((box) => box.click());
  } else if (event.key === 'v') {
    item()?.querySelectorAll('.jalur-reveal').forEach((box) => box.click());
  } else if (outcomes[event.key]) {
    const choice = document.querySelector(`input[name=outcome][value=${outcomes[event.key]}]`);
    if (!choice) return;
    choice.click();
    choice.scrollIntoView({ block: 'nearest' });
  } else {
    return;
  }
  event.preventDefault();
});

document.addEventListener('submit', (event) => {
  if (!event.target.matches('form[data-progress]')) return;
  event.preventDefault();
  upload(event.target);
});

document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-opens]');
  if (opener) document.getElementById(opener.dataset.opens).showModal();
});

document.addEventListener('change', (event) => {
  if (event.target.name === 'outcome') fit();
  // Whoever ticks an item decides the ticked ones.
  if (event.target.name === 'items' && event.target.checked) document.querySelector('input[name=which][value=chosen]')?.click();
});

// A page begins: an error summary is where reading goes on.
function begin() {
  document.querySelector('[data-focus]')?.focus();
  fit();
  current = -1;
  opened = Date.now();
  shown = live()?.outerHTML;
  wait(1000);
}

setInterval(tick, 15000);
begin();
