import { type Scheme, signalColours } from '#platform/core'

/**
 * The style sheet of one colour, for pages: the tokens that follow from it, in both schemes, by the same rules as the tokens themselves. It
 * outweighs them wherever it stands.
 */
export function styleOf(signal: string): string {
  return [
    `:root:root{${tokens(signal, 'light')}}`,
    `@media screen and (prefers-color-scheme:dark){:root:root:not([data-scheme='light']){${tokens(signal, 'dark')}}}`,
    `@media screen{:root:root[data-scheme='dark']{${tokens(signal, 'dark')}}}`,
    '',
  ].join('\n')
}

const tokens = (signal: string, scheme: Scheme): string =>
  Object.entries(signalColours(signal, scheme))
    .map(([token, colour]) => `--${kebab(token)}:${colour}`)
    .join(';')

const kebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
