// What the pages do a little more nicely with a script; everything works without it.
'use strict';

document.documentElement.classList.add('jalur-scripted');

// An error summary is where reading goes on.
document.querySelector('[data-focus]')?.focus();

// Clocks go on while the page is open.
const words = document.body.dataset;
const fill = (text, ...values) => values.reduce((all, value, i) => all.replace(`{${i}}`, value), text);

function span(minutes) {
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return fill(words.days, Math.floor(hours / 24), hours % 24);
  return hours > 0 ? fill(words.hours, hours, minutes % 60) : fill(words.minutes, minutes);
}

function tick() {
  for (const clock of document.querySelectorAll('[data-clock]')) {
    if (clock.dataset.clock === 'stopped') continue;
    const minutes = Math.floor((Date.parse(clock.dateTime) - Date.now()) / 60000);
    const urgency = minutes < 0 ? 'late' : minutes < 60 ? 'soon' : 'calm';
    clock.textContent = fill(words[urgency], span(minutes < 0 ? -minutes - 1 : minutes));
    clock.parentElement.className = `jalur-clock jalur-clock--${urgency}`;
  }
}
setInterval(tick, 15000);

// Uploads say how far they are.
for (const form of document.querySelectorAll('form[data-progress]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const row = form.querySelector('[data-progress-bar]');
    const bar = row.querySelector('progress');
    row.hidden = false;
    const call = new XMLHttpRequest();
    call.upload.onprogress = (at) => { if (at.lengthComputable) bar.value = (100 * at.loaded) / at.total; };
    call.upload.onload = () => bar.removeAttribute('value');
    call.onload = () => {
      document.open();
      document.write(call.responseText);
      document.close();
      history.replaceState(null, '', call.responseURL.replace(/\/(csv|file)$/, ''));
    };
    call.onerror = () => form.submit();
    call.open('POST', form.action);
    call.send(new FormData(form));
  });
}

// Measures show up as they come in.
function refresh() {
  const live = document.querySelector('[data-live-again="true"]');
  if (!live) return;
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector(`[data-live="${live.dataset.live}"]`);
      if (answer.ok && fresh) live.replaceWith(document.adoptNode(fresh));
    } catch {
      // The next round tries again.
    }
    refresh();
  }, 1000);
}
refresh();

// Windows.
for (const button of document.querySelectorAll('[data-opens]')) {
  button.addEventListener('click', () => document.getElementById(button.dataset.opens).showModal());
}

// Only the fields that the chosen outcome needs.
function fit() {
  const chosen = document.querySelector('input[name=outcome]:checked')?.value;
  for (const part of document.querySelectorAll('[data-when]')) part.hidden = part.dataset.when !== chosen;
}
document.getElementById('decide')?.addEventListener('change', fit);
fit();

// What is ticked is what is decided; nothing ticked means all.
function choose() {
  const any = document.querySelector('input[name=items][type=checkbox]:checked');
  const which = document.querySelector(`input[name=which][value=${any ? 'chosen' : 'all'}]`);
  if (which) which.checked = true;
}
document.addEventListener('change', (event) => { if (event.target.name === 'items') choose(); });

// Keys; never while somebody types, never with a modifier.
const outcomes = { b: 'blocked', w: 'withheld', r: 'refused', q: 'clarification', i: 'impossible' };
let current = -1;

function move(by) {
  const items = [...document.querySelectorAll('[data-item]')];
  if (items.length === 0) return;
  items[current]?.classList.remove('jalur-current');
  current = Math.min(Math.max(current + by, 0), items.length - 1);
  items[current].classList.add('jalur-current');
  items[current].scrollIntoView({ block: 'nearest' });
}

function item() {
  return document.querySelectorAll('[data-item]')[Math.max(current, 0)];
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
  const typing = event.target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select');
  const acting = event.target.closest('a, button, summary');
  if (typing || (acting && event.key === 'Enter')) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const boxes = document.querySelectorAll('input[name=items][type=checkbox]');
  if (button) {
    button.click();
  } else if (event.key === 'j' || event.key === 'k') {
    move(event.key === 'j' ? 1 : -1);
  } else if (event.key === 'x') {
    item()?.querySelector('input[name=items]')?.click();
  } else if (event.key === 'a') {
    const all = [...boxes].every((box) => box.checked);
    boxes.forEach((box) => { box.checked = !all; });
    choose();
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
