import { type LoaderFunctionArgs, Outlet, useLoaderData, useLocation } from 'react-router'
import { getMyDevice } from '#features/devices/core'
import { getMyOffering, getMyProofs, type Right } from '#features/packages/core'
import { PackageTeaser } from '#features/packages/web'
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
  ['/packages', 'packages:title'],
  ['/nameplate', 'devices:overview'],
] as const

/** Pages of which a package opens something: in the place of what is closed stands what it would be. whole: there is nothing else on it */
const sold: Record<string, { right: Right; whole: boolean }> = {
  '': { right: 'findings', whole: false },
  '/health': { right: 'findings', whole: true },
  '/outlook': { right: 'outlook', whole: true },
  '/maintenance': { right: 'advice', whole: false },
}

/** /account/machines/{id}/…: one machine of the customer's company; for anybody else it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ id, serial, model, type, role }, offering] = await Promise.all([
    calls.call(getMyDevice, { params: { deviceId } }),
    calls.call(getMyOffering, { params: { deviceId } }),
  ])
  const closed = Object.values(sold).some(({ right }) => offering.closed.includes(right))
  const proofs = closed ? (await calls.call(getMyProofs, { params: { deviceId } })).items : []
  return { id, name: `${model} ${serial}`, type, role, offering, proofs }
}

export default function MachinePages() {
  const { id, name, type, role, offering, proofs } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  const language = useLanguage()
  const { pathname } = useLocation()
  const part = sold[pathname.replace(/\/$/, '').split(id)[1] ?? '']
  const closed = part && offering.closed.includes(part.right) ? part : null
  const subtitle = [type?.[language], role === 'owner' ? null : t(`role.${role}`)].filter(Boolean)
  return (
    <Container>
      <Breadcrumbs crumbs={[{ title: t('title'), href: pathIn(language, '/account/machines') }, { title: name }]} />
      <PageHeader title={name}>{subtitle.join(' · ')}</PageHeader>
      <Sections
        label={name}
        items={sections
          .filter(([path]) => path !== '/packages' || offering.packages.length > 0)
          .map(([path, title]) => ({
            to: pathIn(language, `/account/machines/${id}${path}`),
            title: translate(language, title),
          }))}
      />
      {closed?.whole ? null : <Outlet />}
      {closed ? <PackageTeaser deviceId={id} right={closed.right} offering={offering} proofs={proofs} /> : null}
    </Container>
  )
}
