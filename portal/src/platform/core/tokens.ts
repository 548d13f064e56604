/**
 * The design tokens: the one place where a colour, a size or a space of this portal is written down.
 * CSS variables, mails, PDF and drawings are made from it. The test beside it computes the
 * contrast of every pair named in `textPairs` and `shapePairs`.
 */
export interface Palette {
  /** page */
  paper: string
  /** one step off the page: side columns, table heads */
  surface: string
  /** inputs, cards and overlays */
  raised: string
  /** hairlines between things */
  line: string
  /** borders that say "this is a control" */
  control: string
  /** text, in three tones: said, said beside it, units and hints */
  ink: string
  inkMuted: string
  inkFaint: string
  link: string
  /** the one primary action and the current choice, nothing else */
  signal: string
  signalStrong: string
  onSignal: string
  signalText: string
  signalTint: string
  /** result of an action, and what a notice is about */
  good: string
  goodTint: string
  bad: string
  badTint: string
  warn: string
  warnTint: string
  info: string
  infoTint: string
  /** line drawings: the edge of a part, its three faces by light, and what is chosen */
  drawingLine: string
  drawingTop: string
  drawingLeft: string
  drawingRight: string
  drawingGlass: string
  drawingAccent: string
}

export const light: Palette = {
  paper: '#fbfaf7',
  surface: '#f3f1eb',
  raised: '#ffffff',
  line: '#dcd8ce',
  control: '#80868f',
  ink: '#17202b',
  inkMuted: '#48535f',
  inkFaint: '#636c77',
  link: '#12529c',
  signal: '#f0751a',
  signalStrong: '#dd6407',
  onSignal: '#17202b',
  signalText: '#ad4503',
  signalTint: '#fdf0e4',
  good: '#1b6b3a',
  goodTint: '#e7f3ea',
  bad: '#b3201f',
  badTint: '#fbeae8',
  warn: '#7d5600',
  warnTint: '#fbf2d9',
  info: '#12529c',
  infoTint: '#e8f0fa',
  drawingLine: '#2a3541',
  drawingTop: '#fbfaf7',
  drawingLeft: '#ebe8e0',
  drawingRight: '#dad6cb',
  drawingGlass: '#cfdce6',
  drawingAccent: '#e8670c',
}

export const dark: Palette = {
  paper: '#11161d',
  surface: '#181f28',
  raised: '#1f2732',
  line: '#333d49',
  control: '#7b8693',
  ink: '#edebe5',
  inkMuted: '#b9c0c8',
  inkFaint: '#9aa3ae',
  link: '#8fbcf5',
  signal: '#f5852b',
  signalStrong: '#ff9a47',
  onSignal: '#11161d',
  signalText: '#ffa662',
  signalTint: '#33241a',
  good: '#7fd09b',
  goodTint: '#16291f',
  bad: '#ff9c93',
  badTint: '#381c1d',
  warn: '#f0c75a',
  warnTint: '#302811',
  info: '#8fbcf5',
  infoTint: '#16263b',
  drawingLine: '#c9d0d8',
  drawingTop: '#2e3844',
  drawingLeft: '#252e39',
  drawingRight: '#1c242e',
  drawingGlass: '#34495c',
  drawingAccent: '#f5852b',
}

export type Scheme = 'light' | 'dark'
export const palettes: Record<Scheme, Palette> = { light, dark }

/** States of a device by NAMUR NE 107: `fill` carries the shape, `on` the sign inside it, `text` the word beside it. */
export interface DeviceStateColours {
  fill: string
  on: string
  text: string
}
export type DeviceState = 'normal' | 'failure' | 'check' | 'out-of-specification' | 'maintenance'
export const deviceStates: Record<Scheme, Record<DeviceState, DeviceStateColours>> = {
  light: {
    normal: { fill: '#1f8a4c', on: '#ffffff', text: '#1b6b3a' },
    failure: { fill: '#d1201f', on: '#ffffff', text: '#b3201f' },
    check: { fill: '#f08a1c', on: '#17202b', text: '#8f4a00' },
    'out-of-specification': { fill: '#f4cf2f', on: '#17202b', text: '#6f5800' },
    maintenance: { fill: '#1f63c0', on: '#ffffff', text: '#12529c' },
  },
  dark: {
    normal: { fill: '#4fb878', on: '#11161d', text: '#7fd09b' },
    failure: { fill: '#ff7066', on: '#11161d', text: '#ff9c93' },
    check: { fill: '#f59a3c', on: '#11161d', text: '#ffb570' },
    'out-of-specification': { fill: '#f4d548', on: '#11161d', text: '#f4d970' },
    maintenance: { fill: '#6ea8f2', on: '#11161d', text: '#8fbcf5' },
  },
}

/** Courses of a chart, safe for colour-blind eyes: those of Okabe and Ito (https://jfly.uni-koeln.de/color/) that can be seen on each ground. */
export const chartColours: Record<Scheme, readonly [string, string, string, string]> = {
  light: ['#0072b2', '#d55e00', '#00805d', '#b3548a'],
  dark: ['#56b4e9', '#e69f00', '#1fbf91', '#dd93bb'],
}

/** px; 14 is the console's text, 16 the public pages' */
export const typeScale = { xs: 12, sm: 14, md: 16, lg: 20, xl: 28, xxl: 40 } as const
/** px, on a grid of 4 */
export const space = { 1: 4, 2: 8, 3: 12, 4: 16, 5: 24, 6: 32, 7: 48, 8: 64, 9: 96 } as const
/** px */
export const radius = 6
/** ms; none where the reader asks for none */
export const motion = 150
/** px: the widths at which the layout changes */
export const breakpoints = { phone: 640, tablet: 900, desktop: 1200, wide: 1760 } as const
/** weights of the face that is served */
export const weights = { text: 400, strong: 600 } as const

type Pair = readonly [text: keyof Palette, on: keyof Palette]

/** Text and its ground: contrast 4.5 at least (WCAG 2.2, 1.4.3). */
export const textPairs: readonly Pair[] = [
  ...(['ink', 'inkMuted', 'inkFaint', 'link', 'signalText', 'good', 'bad', 'warn', 'info'] as const).flatMap(text =>
    (['paper', 'surface', 'raised'] as const).map(ground => [text, ground] as const),
  ),
  ['onSignal', 'signal'],
  ['onSignal', 'signalStrong'],
  ...(['ink', 'inkMuted'] as const).flatMap(text =>
    (['signalTint', 'goodTint', 'badTint', 'warnTint', 'infoTint'] as const).map(ground => [text, ground] as const),
  ),
  ['signalText', 'signalTint'],
  ['good', 'goodTint'],
  ['bad', 'badTint'],
  ['warn', 'warnTint'],
  ['info', 'infoTint'],
  ['paper', 'ink'],
]

/** What must be seen but is not read, and its ground: contrast 3 at least (WCAG 2.2, 1.4.11). */
export const shapePairs: readonly Pair[] = [
  ['control', 'paper'],
  ['control', 'raised'],
  ['control', 'surface'],
  ['drawingLine', 'drawingTop'],
  ['drawingLine', 'drawingLeft'],
  ['drawingLine', 'drawingRight'],
]

/** Contrast ratio of two colours '#rrggbb', 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map(at => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
