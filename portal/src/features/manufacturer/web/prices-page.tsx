import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { getPreset, getPricing, type PriceVisibility, priceVisibilities, savePricing } from '#features/products/core'
import { pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Choice,
  ChoiceGroup,
  languageContext,
  Notice,
  PageHeader,
  useLanguage,
  useTexts,
} from '#platform/web'
import { PresetsForm } from './presets-form.tsx'
import style from './settings-form.module.css'

/** /console/settings/prices: to whom prices are shown, and with which currency and tax new products begin. */
export async function loader({ context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ value, etag }, preset] = await Promise.all([calls.callWithEtag(getPricing, {}), calls.callWithEtag(getPreset, {})])
  return { pricing: value, etag, preset, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'manufacturer:prices.title') }] : []

export default function PricesPage() {
  const { pricing, etag, preset } = useLoaderData<typeof loader>()
  const t = useTexts('manufacturer')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const [saved, setSaved] = useState(false)
  const entry = useEntry(
    () => ({}),
    async typed => {
      await api.call(savePricing, { body: { visibility: typed.text('visibility') as PriceVisibility }, ifMatch: etag })
      setSaved(true)
      await revalidate()
    },
  )
  const site = (
    <ActionLink to={pathIn(language, '/products')} size="small" reloadDocument>
      {t('prices.see')}
    </ActionLink>
  )
  return (
    <>
      <PageHeader title={t('prices.title')} actions={site}>
        {t('prices.lead')}
      </PageHeader>
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit} onChange={() => setSaved(false)}>
        <ProblemNotice problem={entry.problem} />
        <ChoiceGroup title={t('prices.visibility')} error={entry.errors.visibility}>
          {priceVisibilities.map(visibility => (
            <Choice
              key={visibility}
              type="radio"
              name="visibility"
              value={visibility}
              defaultChecked={pricing.visibility === visibility}
              label={t(`prices.${visibility}`)}
              help={t(`prices.${visibility}Help`)}
            />
          ))}
        </ChoiceGroup>
        <p className={style.help}>
          {t('prices.perProduct')} {t('prices.past')}
        </p>
        {saved ? <Notice tone="good" live title={t('prices.saved')} /> : null}
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('prices.save')}
        </ActionButton>
      </form>
      <PresetsForm preset={preset.value} etag={preset.etag} />
    </>
  )
}
