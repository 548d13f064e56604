import {
  breakpoints,
  chartColours,
  deviceStates,
  motion,
  type Palette,
  palettes,
  radius,
  type Scheme,
  space,
  typeScale,
  weights,
} from '../../core/tokens.ts'

/**
 * The tokens as a style sheet. Dark follows the reader's system unless he chose, and is never printed; the choice is the attribute
 * `data-scheme` of the root element.
 */
export function tokensAsCss(): string {
  const scale = [
    ...Object.entries(typeScale).map(([name, px]) => `--text-${name}:${px / 16}rem`),
    ...Object.entries(space).map(([name, px]) => `--space-${name}:${px / 16}rem`),
    ...Object.entries(breakpoints).map(([name, px]) => `--at-${name}:${px}px`),
    ...Object.entries(weights).map(([name, weight]) => `--weight-${name}:${weight}`),
    `--radius:${radius}px`,
    `--motion:${motion}ms`,
  ]
  return [
    `:root{${[...scale, ...scheme('light')].join(';')}}`,
    `@media screen and (prefers-color-scheme:dark){:root:not([data-scheme='light']){${scheme('dark').join(';')}}}`,
    `@media screen{:root[data-scheme='dark']{${scheme('dark').join(';')}}}`,
    '@media print{:root{--paper:#ffffff}}',
    '@media (prefers-reduced-motion:reduce){:root{--motion:0ms}}',
    '',
  ].join('\n')
}

function scheme(name: Scheme): string[] {
  return [
    `color-scheme:${name}`,
    ...Object.entries(palettes[name] satisfies Palette).map(([token, colour]) => `--${kebab(token)}:${colour}`),
    ...Object.entries(deviceStates[name]).flatMap(([state, colours]) =>
      Object.entries(colours).map(([part, colour]) => `--state-${state}-${part}:${colour}`),
    ),
    ...chartColours[name].map((colour, index) => `--chart-${index + 1}:${colour}`),
    `--elevation:${name === 'light' ? '0 6px 24px rgb(23 32 43 / 14%)' : '0 6px 24px rgb(0 0 0 / 50%)'}`,
  ]
}

const kebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
