/** Where progress is shown: one line that is written over on a terminal, a line at each tenth elsewhere. */
export interface Screen {
  isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** Shows how far a long task is, as 「标签 1,200 / 2,414」. Calling it with `done` equal to `total` ends the line. */
export function progressOn(screen: Screen, label: string): (done: number, total: number) => void {
  let tenth = 0;
  return (done, total) => {
    const text = `${label} ${done.toLocaleString('en-US')} / ${total.toLocaleString('en-US')}`;
    if (screen.isTTY) {
      screen.write(`\r${text}${done >= total ? '\n' : ''}`);
      return;
    }
    const reached = total === 0 ? 10 : Math.floor((done * 10) / total);
    if (reached === tenth && done < total) return;
    tenth = reached;
    screen.write(`${text}\n`);
  };
}
