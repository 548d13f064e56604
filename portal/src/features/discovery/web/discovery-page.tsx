import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { listProducts } from '#features/products/core'
import { translate } from '#platform/core'
import { api, apiContext, languageContext, Notice, originContext, PageHeader, useTexts } from '#platform/web'
import { getDiscovery, saveDiscovery } from '../core/index.ts'
import { CodesForm } from './codes-form.tsx'
import style from './discovery-page.module.css'
import { PushSettings } from './push-settings.tsx'
import { RootFiles } from './root-files.tsx'
import { SharePreview } from './share-preview.tsx'
import { VisibilityForm } from './visibility-form.tsx'
import { WechatForm } from './wechat-form.tsx'

/** /console/settings/search: how the portal is found, and how its links look. */
export async function loader({ context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ value, etag }, { items }] = await Promise.all([calls.callWithEtag(getDiscovery, {}), calls.call(listProducts, {})])
  return {
    discovery: value,
    etag,
    products: items.map(({ slug, name }) => ({ slug, name })),
    origin: context.get(originContext),
    language: context.get(languageContext),
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'discovery:title') }] : []

/** Saves a part of the settings, as the version that is shown. */
export type Save = (change: Parameters<typeof api.call<typeof saveDiscovery>>[1]['body']) => Promise<void>

export default function DiscoveryPage() {
  const { discovery, etag, products, origin } = useLoaderData<typeof loader>()
  const t = useTexts('discovery')
  const { revalidate } = useRevalidator()
  const [saved, setSaved] = useState<string | null>(null)
  /** part: whose form says that it is done */
  const saverOf =
    (part: string): Save =>
    async body => {
      setSaved(null)
      await api.call(saveDiscovery, { body, ifMatch: etag })
      await revalidate()
      setSaved(part)
    }
  return (
    <>
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <div className={style.parts}>
        {discovery.caught ? <Notice tone="info" title={t('caught')} /> : null}
        {discovery.hidden ? (
          <Notice tone="warn" title={t('visibility.nowHidden')}>
            <p>{t('visibility.nowHiddenHelp')}</p>
          </Notice>
        ) : null}
        <VisibilityForm discovery={discovery} save={saverOf('visibility')} saved={saved === 'visibility'} />
        <CodesForm codes={discovery.codes} save={saverOf('codes')} saved={saved === 'codes'} />
        <RootFiles files={discovery.files} origin={origin} onChanged={revalidate} />
        <PushSettings discovery={discovery} saveIndexNow={saverOf('indexNow')} saveBaidu={saverOf('baidu')} saved={saved} />
        <WechatForm wechat={discovery.wechat} save={saverOf('wechat')} saved={saved === 'wechat'} caught={discovery.caught} />
        <SharePreview products={products} origin={origin} wechatOn={discovery.wechat.on} />
        <p className={style.help}>{t('guide')}</p>
      </div>
    </>
  )
}
