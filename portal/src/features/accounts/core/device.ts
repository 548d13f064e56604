/** What a browser says of itself, as names a person knows: 'Edge · Windows'. Empty where it says nothing known. */
export function deviceOf(userAgent: string): string {
  const first = (kinds: readonly (readonly [RegExp, string])[]) => kinds.find(([sign]) => sign.test(userAgent))?.[1]
  return [first(browsers), first(systems)].filter(Boolean).join(' · ')
}

// Each borrows the names of those below it, so the order matters.
const browsers = [
  [/MicroMessenger\//, 'WeChat'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/QQBrowser\//, 'QQ Browser'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
] as const
const systems = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
] as const
