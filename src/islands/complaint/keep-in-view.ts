// Another view needs only another attribute: changed in place, nothing typed or chosen is lost, and nothing need be kept.
let leaving = false;

async function change(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  body.set(button.name, button.value);
  const at = [...form.querySelectorAll('button')].indexOf(button);
  const answer = await fetch(form.action, { method: 'POST', body });
  if (!answer.ok) throw new Error(`the view answered ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector<HTMLFormElement>('form.views');
  if (!fresh) throw new Error('the answer has no views');
  document.documentElement.dataset.view = page.documentElement.dataset.view;
  form.replaceWith(fresh);
  fresh.querySelectorAll('button')[at]?.focus();
}

document.addEventListener('submit', (event) => {
  const { target, submitter } = event;
  if (leaving || !(target instanceof HTMLFormElement) || !target.matches('form.views')) return;
  // Browsers that do not name the button go the long way, as without scripts.
  if (!(submitter instanceof HTMLButtonElement)) return;
  event.preventDefault();
  change(target, submitter).catch(() => {
    leaving = true;
    submitter.click();
  });
});
