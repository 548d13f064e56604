import { type LoaderFunctionArgs, Outlet, useLoaderData } from 'react-router'
import { getMyDevice } from '#features/devices/core'
import { pathIn, translate } from '#platform/core'
import { apiContext, Breadcrumbs, Container, PageHeader, useLanguage, useTexts } from '#platform/web'
import { Sections } from './sections.tsx'

/** What a customer sees of a machine, page by page: path behind the machine's, key of its title. */
const sections = [
  ['', 'fleet:overview'],
  ['/alarms', 'alarms:title'],
  ['/health', 'diagnosis:title'],
  ['/outlook', 'prognosis:title'],
  ['/readings', 'telemetry:title'],
  ['/vibration', 'vibration:title'],
  ['/maintenance', 'advisory:title'],
  ['/controls', 'controls:title'],
  ['/nameplate', 'devices:overview'],
] as const

/** /account/machines/{id}/…: one machine of the customer's company; for anybody else it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { id, serial, model, type, role } = await context
    .get(apiContext)
    .call(getMyDevice, { params: { deviceId: params.deviceId ?? '' } })
  return { id, name: `${model} ${serial}`, type, role }
}

export default function MachinePages() {
  const { id, name, type, role } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  const language = useLanguage()
  const subtitle = [type?.[language], role === 'owner' ? null : t(`role.${role}`)].filter(Boolean)
  return (
    <Container>
      <Breadcrumbs crumbs={[{ title: t('title'), href: pathIn(language, '/account/machines') }, { title: name }]} />
      <PageHeader title={name}>{subtitle.join(' · ')}</PageHeader>
      <Sections
        label={name}
        items={sections.map(([path, title]) => ({
          to: pathIn(language, `/account/machines/${id}${path}`),
          title: translate(language, title),
        }))}
      />
      <Outlet />
    </Container>
  )
}
