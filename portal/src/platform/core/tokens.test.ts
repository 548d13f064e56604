import { describe, expect, test } from 'vitest'
import { chartColours, contrast, dark, deviceStates, light, type Palette, palettes, shapePairs, textPairs } from './tokens.ts'

describe('design tokens', () => {
  test('the contrast of black on white is 21, as WCAG computes it', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })

  for (const [scheme, palette] of Object.entries(palettes)) {
    test(`every text pair of the ${scheme} palette has a contrast of 4.5 or more`, () => {
      expect(failing(palette, textPairs, 4.5)).toEqual([])
    })
    test(`every shape pair of the ${scheme} palette has a contrast of 3 or more`, () => {
      expect(failing(palette, shapePairs, 3)).toEqual([])
    })
    test(`words and signs of the device states can be read in the ${scheme} scheme`, () => {
      const states = deviceStates[scheme as keyof typeof palettes]
      const unreadable = Object.entries(states).filter(
        ([, colours]) =>
          contrast(colours.text, palette.paper) < 4.5 ||
          contrast(colours.text, palette.surface) < 4.5 ||
          contrast(colours.on, colours.fill) < 4,
      )
      expect(unreadable.map(([state]) => state)).toEqual([])
    })
  }

  test('every course of a chart stands out from what it is drawn on, by 3 at least', () => {
    for (const scheme of ['light', 'dark'] as const) {
      const ratios = chartColours[scheme].map(colour => contrast(colour, palettes[scheme].raised))
      expect(Math.min(...ratios)).toBeGreaterThanOrEqual(3)
    }
  })

  test('light and dark name the same colours', () => {
    expect(Object.keys(dark)).toEqual(Object.keys(light))
  })
})

const failing = (palette: Palette, pairs: typeof textPairs, least: number) =>
  pairs
    .map(([text, ground]) => ({
      pair: `${text} on ${ground}`,
      ratio: Math.round(contrast(palette[text], palette[ground]) * 100) / 100,
    }))
    .filter(({ ratio }) => ratio < least)
