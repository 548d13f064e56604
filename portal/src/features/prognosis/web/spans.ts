import { formatNumber } from '#platform/core'
import { useLanguage, useTexts } from '#platform/web'

/** Hours as people say them: hours, days or months, whole numbers. */
export function useSpans(): (hours: number) => string {
  const t = useTexts('prognosis')
  const language = useLanguage()
  const say = (unit: 'hours' | 'days' | 'months', count: number) => {
    const whole = Math.round(count)
    return t(unit, { count: whole, number: formatNumber(whole, language) })
  }
  return hours => {
    if (hours < 48) return say('hours', hours)
    const days = hours / 24
    return days < 90 ? say('days', days) : say('months', days / 30.44)
  }
}
