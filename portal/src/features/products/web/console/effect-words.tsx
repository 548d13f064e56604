import type { VersionEffect } from '#features/configurator/core'
import { formatMoney } from '#platform/core'
import { useLanguage, useTexts } from '#platform/web'
import style from './console-product-page.module.css'

/** What a version does to the configurations that customers saved last. */
export function EffectWords({ effect }: { effect: VersionEffect }) {
  const t = useTexts('products')
  const language = useLanguage()
  const { looked, valid, dearer, cheaper, rise, fall, currency } = effect
  if (looked === 0) return <p className={style.muted}>{t('console.difference.noConfigurations')}</p>
  const money = (amount: number) => formatMoney(amount, currency, language)
  const words = [
    t('console.difference.effect', { count: looked, valid }),
    ...(dearer + cheaper > 0 ? [t('console.difference.effectPrices', { dearer, cheaper })] : []),
    ...(rise > 0 ? [t('console.difference.rise', { amount: money(rise) })] : []),
    ...(fall > 0 ? [t('console.difference.fall', { amount: money(fall) })] : []),
  ]
  return <p>{language === 'en' ? `${words.join('; ')}.` : `${words.join('；')}。`}</p>
}
