import { contrast, type Palette, palettes, type Scheme, shapePairs, textPairs } from './tokens.ts'

/** What of a palette follows from the one colour a manufacturer chooses. */
export type SignalColours = Pick<Palette, 'signal' | 'signalStrong' | 'onSignal' | 'signalText' | 'signalTint' | 'drawingAccent'>

/** '#rrggbb' in lower case */
export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/.test(text)

/** A colour must be told from the page as well as the house's own orange can. */
const leastOnPage = 2.5

/** The colour if everything that follows from it can be read, else the nearest one of its hue that can. */
export function readableSignal(colour: string): string {
  if (isReadable(colour)) return colour
  const { l } = toOklch(colour)
  for (let step = 1; step <= 200; step++)
    for (const lightness of [l - step / 200, l + step / 200]) {
      const candidate = withLightness(colour, Math.min(1, Math.max(0, lightness)))
      if (isReadable(candidate)) return candidate
    }
  throw new Error(`No lightness of ${colour} can be read`)
}

/** The signal colours of a scheme. `colour` is readable; in the dark it is lightened as far as the dark page demands. */
export function signalColours(colour: string, scheme: Scheme): SignalColours {
  const palette = palettes[scheme]
  const grounds = [palette.paper, palette.surface, palette.raised]
  const away = scheme === 'light' ? -1 : 1
  const signal =
    scheme === 'light'
      ? colour
      : moved(colour, away, one => contrast(one, palette.paper) >= 3 && contrast(one, palette.onSignal) >= 4.6)
  const [onSignal, strongWay] = writingOn(signal, scheme)
  const signalStrong = nudged(signal, onSignal, strongWay)
  const signalTint = mixed(signal, scheme === 'light' ? palette.raised : palette.paper, scheme === 'light' ? 0.1 : 0.15)
  const readable = (one: string) => [...grounds, signalTint].every(ground => contrast(one, ground) >= 4.5)
  return {
    signal,
    signalStrong,
    onSignal,
    signalText: moved(signal, away, readable),
    signalTint,
    drawingAccent: moved(signal, away, one => contrast(one, palette.drawingTop) >= 3),
  }
}

/** The palette with these signal colours; null: the house's own. */
export const paletteWith = (colour: string | null, scheme: Scheme): Palette =>
  colour === null ? palettes[scheme] : { ...palettes[scheme], ...signalColours(colour, scheme) }

function isReadable(colour: string): boolean {
  if (contrast(colour, palettes.light.paper) < leastOnPage) return false
  return (['light', 'dark'] as const).every(scheme => {
    const palette = paletteWith(colour, scheme)
    return (
      textPairs.every(([text, ground]) => contrast(palette[text], palette[ground]) >= 4.5) &&
      shapePairs.every(([shape, ground]) => contrast(palette[shape], palette[ground]) >= 3)
    )
  })
}

/** What is written on the colour, and which way it goes to stand out more: away from its writing. */
function writingOn(signal: string, scheme: Scheme): [onSignal: string, way: 1 | -1] {
  const dark = palettes[scheme].onSignal
  if (scheme === 'dark' || contrast(signal, dark) >= contrast(signal, '#ffffff')) return [dark, 1]
  return ['#ffffff', -1]
}

/** One step stronger. With the house's ink upon it the step goes darker where the ink is still read, as the house's own does. */
function nudged(signal: string, onSignal: string, way: 1 | -1): string {
  const { l } = toOklch(signal)
  const darker = withLightness(signal, Math.max(0, l - 0.06))
  if (way === 1 && contrast(darker, onSignal) >= 4.6 && onSignal === palettes.light.onSignal) return darker
  return withLightness(signal, Math.min(1, Math.max(0, l + way * 0.06)))
}

/** The colour, moved in lightness until it passes. */
function moved(colour: string, way: 1 | -1, passes: (colour: string) => boolean): string {
  const { l } = toOklch(colour)
  for (let step = 0; step <= 200; step++) {
    const candidate = step === 0 ? colour : withLightness(colour, Math.min(1, Math.max(0, l + (way * step) / 200)))
    if (passes(candidate)) return candidate
  }
  return way === 1 ? '#ffffff' : '#000000'
}

/** part: of the first colour, 0 to 1; mixed as light is not, but as eyes see it (OKLab) */
function mixed(one: string, other: string, part: number): string {
  const [a, b] = [toOklab(one), toOklab(other)]
  return fromOklab(a.map((value, i) => value * part + b[i]! * (1 - part)) as Lab)
}

/** The same hue at another lightness, with as much chroma as a screen can show there. l: 0 to 1 */
function withLightness(colour: string, l: number): string {
  const { c, h } = toOklch(colour)
  let [least, most] = [0, c]
  if (inGamut([l, c * Math.cos(h), c * Math.sin(h)])) least = c
  else
    for (let i = 0; i < 16; i++) {
      const middle = (least + most) / 2
      if (inGamut([l, middle * Math.cos(h), middle * Math.sin(h)])) least = middle
      else most = middle
    }
  return fromOklab([l, least * Math.cos(h), least * Math.sin(h)])
}

/** Björn Ottosson's OKLab, https://bottosson.github.io/posts/oklab/ */
type Lab = [l: number, a: number, b: number]

function toOklch(colour: string): { l: number; c: number; h: number } {
  const [l, a, b] = toOklab(colour)
  return { l, c: Math.hypot(a, b), h: Math.atan2(b, a) }
}

function toOklab(colour: string): Lab {
  const [r, g, b] = [1, 3, 5].map(at => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as Lab
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function toLinear([lightness, a, b]: Lab): [r: number, g: number, b: number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

const inGamut = (lab: Lab): boolean => toLinear(lab).every(channel => channel >= -0.0005 && channel <= 1.0005)

function fromOklab(lab: Lab): string {
  const channels = toLinear(lab).map(linear => {
    const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055
    return Math.round(Math.min(1, Math.max(0, Number.isNaN(value) ? 0 : value)) * 255)
  })
  return `#${channels.map(channel => channel.toString(16).padStart(2, '0')).join('')}`
}
