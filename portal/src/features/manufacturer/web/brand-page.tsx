import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { isColour, light, pathIn, readableSignal, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  type FieldMessages,
  languageContext,
  Notice,
  PageHeader,
  TextField,
  useLanguage,
  useTexts,
} from '#platform/web'
import { getBrand, saveBrand } from '../core/index.ts'
import style from './brand-page.module.css'
import { BrandPicture } from './brand-picture.tsx'
import { LookPreview } from './look-preview.tsx'

/** /console/settings/brand: the colour, the logo and the mark that make the portal look like the manufacturer's own. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { value, etag } = await context.get(apiContext).callWithEtag(getBrand, {})
  return { brand: value, etag, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'manufacturer:brand.title') }] : []

export default function BrandPage() {
  const { brand, etag } = useLoaderData<typeof loader>()
  const t = useTexts('manufacturer')
  const language = useLanguage()
  const site = (
    <ActionLink to={pathIn(language, '/')} size="small" reloadDocument>
      {t('brand.see')}
    </ActionLink>
  )
  return (
    <>
      <PageHeader title={t('brand.title')} actions={site}>
        {t('brand.lead')}
      </PageHeader>
      <div className={style.parts}>
        <SignalForm signal={brand.signal} etag={etag} />
        <BrandPicture which="logo" picture={brand.logo} />
        <BrandPicture which="mark" picture={brand.mark} />
      </div>
    </>
  )
}

function SignalForm({ signal, etag }: { signal: string | null; etag: string }) {
  const t = useTexts('manufacturer')
  const { revalidate } = useRevalidator()
  const [typed, setTyped] = useState(signal ?? '')
  const [saved, setSaved] = useState(false)
  const colour = typed.trim().toLowerCase()
  const nearest = isColour(colour) ? readableSignal(colour) : null
  const save = async (value: string | null) => {
    await api.call(saveBrand, { body: { signal: value }, ifMatch: etag })
    setSaved(true)
    await revalidate()
  }
  const entry = useEntry(
    (): FieldMessages => (colour === '' || nearest !== null ? {} : { signal: t('brand.notAColour') }),
    () => save(colour === '' ? null : colour),
  )
  const type = (value: string) => {
    setTyped(value)
    setSaved(false)
  }
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <div className={style.colour}>
        <TextField
          label={t('brand.signal')}
          name="signal"
          value={typed}
          placeholder={light.signal}
          maxLength={7}
          autoComplete="off"
          spellCheck={false}
          onChange={event => type(event.target.value)}
          help={t('brand.signalHelp')}
          error={entry.errors.signal}
        />
        <input
          type="color"
          className={style.pick}
          aria-label={t('brand.pick')}
          value={isColour(colour) ? colour : light.signal}
          onChange={event => type(event.target.value)}
        />
      </div>
      {nearest !== null && nearest !== colour ? (
        <Notice tone="warn" live title={t('brand.adapted', { colour, nearest })}>
          <ActionButton size="small" onClick={() => type(nearest)}>
            {t('brand.take', { nearest })}
          </ActionButton>
        </Notice>
      ) : null}
      <LookPreview signal={nearest} />
      {saved ? <Notice tone="good" live title={t('brand.saved')} /> : null}
      <div className={style.actions}>
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('brand.save')}
        </ActionButton>
        {signal === null ? null : (
          <ActionButton disabled={entry.busy} onClick={() => type('')}>
            {t('brand.reset')}
          </ActionButton>
        )}
      </div>
    </form>
  )
}
