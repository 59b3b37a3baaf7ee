/** Outlines on a 24 × 24 grid, stroke 2. */
export const ICONS = {
  alert: 'M12 3 2 20h20L12 3z M12 10v4 M12 17v.01',
  check: 'M4 12.5 9.5 18 20 6.5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z M12 7v5l3.5 2',
  pause: 'M8 5v14 M16 5v14',
  report: 'M4 5h16v11H9l-5 4V5z M8 9h8 M8 12.5h5',
  track: 'M5 3h10l4 4v14H5V3z M9 9h6 M9 13h6 M9 17h3',
  hands: 'M12 20s-8-4.6-8-10.2A4.3 4.3 0 0 1 12 7.4a4.3 4.3 0 0 1 8 2.4C20 15.4 12 20 12 20z',
  phone: 'M6 3h3l2 5-2.5 1.8a12 12 0 0 0 5.7 5.7L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z',
  file: 'M6 3h8l4 4v14H6V3z M14 3v4h4',
  star: 'm12 3 2.7 5.8 6.3.8-4.6 4.3 1.2 6.2L12 17l-5.6 3.1 1.2-6.2L3 9.6l6.3-.8L12 3z',
  home: 'M3 11 12 4l9 7 M6 9.5V20h12V9.5 M10 20v-6h4v6',
} as const;

export type IconName = keyof typeof ICONS;
