import { expect, test } from 'vitest'
import { dark, light } from '../../core/tokens.ts'
import { tokensAsCss } from './css-variables.ts'

test('every colour of both palettes is a CSS variable', () => {
  const css = tokensAsCss()
  for (const palette of [light, dark]) {
    for (const [name, colour] of Object.entries(palette)) {
      expect(css).toContain(`--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}:${colour}`)
    }
  }
})

test('dark colours are for screens only, so that paper stays paper', () => {
  const rules = tokensAsCss().split('\n')
  const darkRules = rules.filter(rule => rule.includes(dark.paper))
  expect(darkRules).toHaveLength(2)
  expect(darkRules.every(rule => rule.startsWith('@media screen'))).toBe(true)
})
