import type { Plugin } from 'vite'

/**
 * What is shown in pages of other sites has no router, though components that it shares with the portal's pages have: another module stands
 * in its place. file: that module
 */
export const withoutRouter = (file: string): Plugin => ({
  name: 'fettle-without-router',
  enforce: 'pre',
  resolveId: id => (id === 'react-router' ? file : null),
})

const place = /(["'`])__STYLES_OF_THE_BUNDLE__\1/

/**
 * The styles of the bundle lie in its script, so that a page of another site loads one file and allows no styles from elsewhere. They are for
 * a shadow root: what they say of the root and the body of a page holds for the element.
 */
export const stylesInScript = (): Plugin => ({
  name: 'fettle-styles-in-script',
  enforce: 'post',
  generateBundle(_, bundle) {
    const styles = Object.values(bundle).filter(file => file.type === 'asset' && file.fileName.endsWith('.css'))
    const css = styles.map(file => (file.type === 'asset' ? String(file.source) : '')).join('')
    for (const { fileName } of styles) delete bundle[fileName]
    const entry = Object.values(bundle).find(file => file.type === 'chunk' && place.test(file.code))
    if (entry?.type !== 'chunk' || css === '') throw new Error('The bundle for other sites has no styles, or no place for them')
    entry.code = entry.code.replace(place, () => JSON.stringify(forShadowRoot(css)))
  },
})

/** Sizes in px too: `rem` is the other site's, and some set it to 10 px. */
const forShadowRoot = (css: string): string =>
  css
    .replace(/:root((?::not\([^)]*\)|\[[^\]]*\])*)/g, (_, only: string) => (only ? `:host(${only})` : ':host'))
    .replace(/(?<=^|[},])body(?=\{)/g, ':host')
    .replaceAll('data-scheme', 'scheme')
    .replace(/(?<![\w.-])(\d+(?:\.\d+)?|\.\d+)rem\b/g, (_, rem: string) => `${Number(rem) * 16}px`)
