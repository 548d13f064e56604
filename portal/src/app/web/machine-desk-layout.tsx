import { type LoaderFunctionArgs, Outlet, useLoaderData } from 'react-router'
import { getDevice } from '#features/devices/core'
import { pathIn, translate } from '#platform/core'
import { ActionLink, apiContext, Breadcrumbs, PageHeader, useLanguage, useTexts } from '#platform/web'
import { Sections } from './sections.tsx'

/** What staff see of a machine, page by page: path behind the machine's, key of its title. */
const sections = [
  ['', 'devices:console.details'],
  ['/overview', 'fleet:overview'],
  ['/alarms', 'alarms:title'],
  ['/health', 'diagnosis:title'],
  ['/outlook', 'prognosis:title'],
  ['/readings', 'telemetry:title'],
  ['/vibration', 'vibration:title'],
  ['/maintenance', 'advisory:title'],
  ['/controls', 'controls:title'],
] as const

/** /console/devices/{id}/…: one machine. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { value } = await context.get(apiContext).callWithEtag(getDevice, { params: { deviceId: params.deviceId ?? '' } })
  const { id, serial, model, type, configurationToken } = value
  return { id, name: `${model} ${serial}`, type: type?.name ?? null, configurationToken }
}

export default function MachineDeskPages() {
  const { id, name, type, configurationToken } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  const language = useLanguage()
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('console.title'), href: pathIn(language, '/console/devices') }, { title: name }]} />
      <PageHeader
        title={name}
        actions={
          <>
            {configurationToken ? (
              <ActionLink reloadDocument size="small" to={pathIn(language, `/c/${configurationToken}`)}>
                {t('console.openConfiguration')}
              </ActionLink>
            ) : null}
            <ActionLink size="small" to={`${pathIn(language, '/console/documents')}?device=${id}`}>
              {t('console.documentsLink')}
            </ActionLink>
          </>
        }
      >
        {type?.[language] ?? t('console.noType')}
      </PageHeader>
      <Sections
        label={name}
        items={sections.map(([path, title]) => ({
          to: pathIn(language, `/console/devices/${id}${path}`),
          title: translate(language, title),
        }))}
      />
      <Outlet />
    </>
  )
}
