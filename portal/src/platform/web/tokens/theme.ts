import { createTheme, type MantineThemeOverride, type VariantColorsResolver } from '@mantine/core'
import { breakpoints, space, typeScale } from '../../core/tokens.ts'

/**
 * Mantine's theme. Colours and sizes themselves are CSS variables (tokens/mantine.css maps Mantine's names onto ours),
 * so no style element is written into a page and light and dark need no second theme.
 * Colours of a component: 'ink' (default), 'signal' (the one primary action), 'good', 'bad', 'warn', 'info'.
 */
export const theme: MantineThemeOverride = createTheme({
  primaryColor: 'gray',
  cursorType: 'pointer',
  respectReducedMotion: true,
  defaultRadius: 'md',
  fontFamily: 'var(--face)',
  breakpoints: {
    xs: '30em',
    sm: em(breakpoints.phone),
    md: em(breakpoints.tablet),
    lg: em(breakpoints.desktop),
    xl: em(breakpoints.wide),
  },
  spacing: { xs: rem(space[1]), sm: rem(space[2]), md: rem(space[4]), lg: rem(space[5]), xl: rem(space[6]) },
  fontSizes: {
    xs: rem(typeScale.xs),
    sm: rem(typeScale.sm),
    md: rem(typeScale.md),
    lg: rem(typeScale.lg),
    xl: rem(typeScale.xl),
  },
  variantColorResolver: (input => variantColours(input)) satisfies VariantColorsResolver,
  components: {
    Button: { defaultProps: { variant: 'default' } },
    ActionIcon: { defaultProps: { variant: 'subtle' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Modal: { defaultProps: { transitionProps: { duration: 150 }, overlayProps: { backgroundOpacity: 0.35 }, centered: true } },
    Drawer: { defaultProps: { transitionProps: { duration: 150 }, overlayProps: { backgroundOpacity: 0.35 } } },
    Menu: { defaultProps: { transitionProps: { duration: 150 }, shadow: 'md', withinPortal: true } },
    Popover: { defaultProps: { transitionProps: { duration: 150 }, shadow: 'md' } },
    Tooltip: { defaultProps: { transitionProps: { duration: 150 }, openDelay: 300 } },
  },
})

const tones: Record<string, { strong: string; on: string; text: string; tint: string; hover: string }> = {
  ink: { strong: 'var(--ink)', on: 'var(--paper)', text: 'var(--ink)', tint: 'var(--surface)', hover: 'var(--ink-muted)' },
  signal: {
    strong: 'var(--signal)',
    on: 'var(--on-signal)',
    text: 'var(--signal-text)',
    tint: 'var(--signal-tint)',
    hover: 'var(--signal-strong)',
  },
  good: { strong: 'var(--good)', on: 'var(--paper)', text: 'var(--good)', tint: 'var(--good-tint)', hover: 'var(--good)' },
  bad: { strong: 'var(--bad)', on: 'var(--paper)', text: 'var(--bad)', tint: 'var(--bad-tint)', hover: 'var(--bad)' },
  warn: { strong: 'var(--warn)', on: 'var(--paper)', text: 'var(--warn)', tint: 'var(--warn-tint)', hover: 'var(--warn)' },
  info: { strong: 'var(--info)', on: 'var(--paper)', text: 'var(--info)', tint: 'var(--info-tint)', hover: 'var(--info)' },
}
/** Mantine's own colour names, as people will write them too. */
const otherNames: Record<string, string> = { red: 'bad', green: 'good', yellow: 'warn', orange: 'signal', blue: 'info' }

const variantColours: VariantColorsResolver = ({ color, variant }) => {
  const tone = tones[otherNames[color ?? ''] ?? color ?? 'ink'] ?? tones.ink!
  switch (variant) {
    case 'filled':
      return { background: tone.strong, hover: tone.hover, color: tone.on, border: '1px solid transparent' }
    case 'light':
      return { background: tone.tint, hover: tone.tint, color: tone.text, border: '1px solid transparent' }
    case 'outline':
      return { background: 'transparent', hover: tone.tint, color: tone.text, border: `1px solid ${tone.text}` }
    case 'default':
      return { background: 'var(--raised)', hover: 'var(--surface)', color: tone.text, border: '1px solid var(--control)' }
    default:
      return { background: 'transparent', hover: tone.tint, color: tone.text, border: '1px solid transparent' }
  }
}

function rem(px: number): string {
  return `${px / 16}rem`
}

function em(px: number): string {
  return `${px / 16}em`
}
