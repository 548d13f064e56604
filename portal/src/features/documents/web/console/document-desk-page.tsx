import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { type NamedCompany, useEntry } from '#features/accounts/web'
import { formatTime, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Breadcrumbs,
  languageContext,
  Notice,
  PageHeader,
  useLanguage,
  useLive,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { changeDocument, type DocumentDetail, getManagedDocument, listDownloads, listNameplates } from '../../core/index.ts'
import style from './console.module.css'
import { bodyOf, DocumentFields } from './document-form.tsx'
import { DocumentState } from './documents-page.tsx'
import { DownloadsTable } from './downloads-table.tsx'
import { EndDocument } from './end-document.tsx'
import { DocumentProblem } from './known-file.tsx'
import { VersionList } from './version-list.tsx'

/** /console/documents/{id}: what is said of a document, its versions, and who fetched it. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const { account } = await calls.call(getMe, {})
  const rights = permissionsOf(account?.roles ?? [])
  const call = { params: { documentId: params.documentId ?? '' } }
  const [{ value: document, etag }, { products }, downloads] = await Promise.all([
    calls.callWithEtag(getManagedDocument, call),
    calls.call(listNameplates, {}),
    rights.includes('company.read') ? calls.call(listDownloads, call) : null,
  ])
  return {
    ...{ document, etag, downloads },
    products: products.map(({ productId, name }) => ({ id: productId, name })),
    mayWrite: rights.includes('document.manage'),
    language: context.get(languageContext),
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? [{ title: loaderData.document.title[loaderData.language] || translate(loaderData.language, 'documents:console.title') }]
    : []

export default function DocumentDeskPage() {
  const { document, etag, downloads, mayWrite } = useLoaderData<typeof loader>()
  const t = useTexts('documents')
  const language = useLanguage()
  const zone = useTimeZone()
  const { revalidate } = useRevalidator()
  useLive('documents', id => {
    if (id === null || id === document.id) void revalidate()
  })
  const title = document.title[language]
  const { withdrawnAt, withdrawnReason: reason } = document
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('console.title'), href: pathIn(language, '/console/documents') }, { title }]} />
      <PageHeader
        title={title}
        actions={
          <ActionLink reloadDocument size="small" to={pathIn(language, `/downloads/${document.id}`)}>
            {t('console.view')}
          </ActionLink>
        }
      >
        <DocumentState document={document} />
      </PageHeader>
      {withdrawnAt ? (
        <Notice tone="warn" title={t('console.withdrawnFor', { at: formatTime(withdrawnAt, language, zone), reason })} />
      ) : null}
      <div className={style.columns}>
        <section className={style.card}>
          <h2>{t('console.details')}</h2>
          <Details key={document.id} mayWrite={mayWrite} />
        </section>
        <div className={style.side}>
          <VersionList document={document} etag={etag} mayWrite={mayWrite} />
          {downloads ? <DownloadsTable documentId={document.id} first={downloads} /> : null}
          {mayWrite ? <EndDocument document={document} etag={etag} /> : null}
        </div>
      </div>
    </>
  )
}

/** What the fields say. */
const saidOf = ({
  title,
  kind,
  language,
  number,
  validFrom,
  audience,
  allProducts,
  products,
  devices,
  companies,
  openHistory,
}: DocumentDetail) =>
  JSON.stringify([title, kind, language, number, validFrom, audience, allProducts, products, devices, companies, openHistory])

function Details({ mayWrite }: { mayWrite: boolean }) {
  const { document, etag, products } = useLoaderData<typeof loader>()
  const t = useTexts('documents')
  const { revalidate } = useRevalidator()
  const [companies, setCompanies] = useState<NamedCompany[] | null>(document.companies)
  const [saved, setSaved] = useState(false)
  const [begun, setBegun] = useState({ said: saidOf(document), etag })
  // other changes, as of versions, do no harm to these fields; those of another editor are not to be overwritten
  const ifMatch = begun.said === saidOf(document) ? etag : begun.etag
  const entry = useEntry(
    () => ({}),
    async typed => {
      setSaved(false)
      const body = bodyOf(typed, companies)
      const params = { documentId: document.id }
      const { value, etag: next } = await api.callWithEtag(changeDocument, { params, body, ifMatch })
      setBegun({ said: saidOf(value), etag: next })
      setSaved(true)
      await revalidate()
    },
  )
  const stale = entry.problem?.type === '/problems/changed-meanwhile'
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <DocumentProblem problem={entry.problem} />
      {stale ? (
        <ActionButton size="small" onClick={() => window.location.reload()}>
          {t('console.reload')}
        </ActionButton>
      ) : null}
      <fieldset className={style.plain} disabled={!mayWrite}>
        <DocumentFields
          document={document}
          products={products}
          companies={companies}
          onCompanies={setCompanies}
          errors={entry.errors}
        />
      </fieldset>
      {mayWrite ? (
        <div className={style.actions}>
          <ActionButton type="submit" strength="primary" disabled={entry.busy}>
            {t('console.save')}
          </ActionButton>
          <span role="status">{saved ? t('console.saved') : ''}</span>
        </div>
      ) : null}
    </form>
  )
}
