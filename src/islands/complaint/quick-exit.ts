// The form's address is replaced, not added to: the browser's "back" does not lead to it again.
const exit = document.querySelector<HTMLAnchorElement>('[data-quick-exit]');

function leave(): void {
  document.body.hidden = true;
  if (exit) location.replace(exit.href);
}

let last = 0;

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  if (event.timeStamp - last < 1000) leave();
  last = event.timeStamp;
});

// On the form the way out stays in sight once such a matter is chosen.
const category = document.querySelector<HTMLSelectElement>('select[name=category]');
const stick = (): void => {
  exit?.parentElement?.classList.toggle('quick-exit-stuck', category?.value === 'RIGHTS');
};
if (category) {
  category.addEventListener('change', stick);
  stick();
}

exit?.addEventListener('click', (event) => {
  event.preventDefault();
  leave();
});
