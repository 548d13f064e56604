import { Form } from 'react-router'
import { ActionButton, useTexts } from '#platform/web'
import type { ComparedVersions, ProductDetail } from '../../core/index.ts'
import style from './console-product-page.module.css'
import { DifferenceList } from './difference-list.tsx'

interface CompareVersionsProps {
  detail: ProductDetail
  compared: ComparedVersions | null
  chosen: { before: string | null; after: string | null }
}

/** Any two versions beside each other; which, the address says. Nothing where there is one alone. */
export function CompareVersions({ detail, compared, chosen }: CompareVersionsProps) {
  const t = useTexts('products')
  const published = detail.history.flatMap(({ kind, modelVersionId, version }) =>
    kind === 'published' && modelVersionId ? [{ id: modelVersionId, title: version ?? '' }] : [],
  )
  const { draft } = detail
  const versions = draft
    ? [{ id: draft.id, title: t('console.compare.draft', { version: draft.version }) }, ...published]
    : published
  if (versions.length < 2) return null
  return (
    <section className={style.card} aria-labelledby="compare">
      <h2 id="compare">{t('console.compare.title')}</h2>
      <Form className={style.compare} preventScrollReset>
        {(['before', 'after'] as const).map((name, at) => (
          <label key={name}>
            {t(`console.compare.${name}`)}
            <select name={name} defaultValue={chosen[name] ?? versions[1 - at]!.id}>
              {versions.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        ))}
        <ActionButton type="submit">{t('console.compare.show')}</ActionButton>
      </Form>
      {compared ? (
        <>
          <h3>{t('console.compare.result', { before: compared.before.version, after: compared.after.version })}</h3>
          <DifferenceList compared={compared} />
        </>
      ) : null}
    </section>
  )
}
