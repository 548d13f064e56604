import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { readConfig, settings } from '#platform/server'

/*
 * No container, cluster or systemd runs here: what can be known from the files alone is held, that they are well-formed, fit together,
 * name settings that exist, and start the portal as what it is.
 */

const project = join(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(join(project, 'deploy', file), 'utf8')
const isSetting = (name: string) => Object.hasOwn(settings, name.replace(/_FILE$/, ''))
const notSettings = ['NODE_ENV', 'HEALTHCHECK_URL']

test('the container runs as nobody in particular, without tools to build, and says when it is well', () => {
  const file = read('Containerfile')
  const stages = file.split(/^FROM /m).slice(1)
  expect(stages).toHaveLength(2)
  const last = stages[1]!
  expect(last).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m)
  expect(last).toMatch(/^HEALTHCHECK [\s\S]*\/healthz/m)
  expect(last).not.toMatch(/npm (install|ci)/)
  expect(stages[0]).toContain('npm prune --omit=dev')
  const pinned = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).dependencies.node as string
  expect(file).toContain(`library/node:${pinned.split('.')[0]}-`)
  const environment = [...last.matchAll(/^(?:ENV| {4}) ?([A-Z_]+)=/gm)].map(([, name]) => name!)
  expect(environment.length).toBeGreaterThan(3)
  expect(environment.filter(name => !isSetting(name) && !notSettings.includes(name))).toEqual([])
  for (const [, path] of file.matchAll(/^COPY (?!--from)(\S+)/gm))
    expect(readdirSync(join(project, path!, '..')).length).toBeGreaterThan(0)
  expect(readFileSync(join(project, '.dockerignore'), 'utf8')).toMatch(/^\*\*\/node_modules$/m)
})

interface Compose {
  services: Record<
    string,
    { environment: Record<string, string>; secrets: string[]; volumes: string[]; ports?: string[]; depends_on?: object }
  >
  volumes: Record<string, object>
  secrets: Record<string, { file: string }>
}

test('the compose file names secrets, volumes and settings that there are, and publishes to this machine alone', () => {
  const { services, volumes, secrets } = parse(read('compose.yaml')) as Compose
  for (const service of Object.values(services)) {
    for (const secret of service.secrets) expect(secrets).toHaveProperty(secret)
    for (const volume of service.volumes) expect(volumes).toHaveProperty(volume.split(':')[0]!)
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
    for (const needed of Object.keys(service.depends_on ?? {})) expect(services).toHaveProperty(needed)
    for (const value of Object.values(service.environment)) {
      const secret = /^\/run\/secrets\/(.+)$/.exec(value)?.[1]
      if (secret) expect(service.secrets).toContain(secret)
    }
  }
  const { environment } = services.portal!
  expect(Object.keys(environment).filter(name => !isSetting(name))).toEqual([])
  expect(environment.FETTLE_MODE).toBe('production')
})

interface Resource {
  apiVersion: string
  kind: string
  metadata: { name: string; labels?: Record<string, string> }
  // biome-ignore lint/suspicious/noExplicitAny: each kind has its own
  spec: any
  data?: Record<string, string>
  stringData?: Record<string, string>
}

const resources = (file: string) =>
  parseAllDocuments(read(file)).map(document => {
    expect(document.errors).toEqual([])
    return document.toJS() as Resource
  })

test('the manifests are of known kinds and point at each other', () => {
  const all = resources('kubernetes/fettle.yaml')
  const of = (kind: string) => all.find(one => one.kind === kind)!
  expect(all.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
    'v1 ConfigMap',
    'apps/v1 Deployment',
    'policy/v1 PodDisruptionBudget',
    'v1 Service',
    'networking.k8s.io/v1 Ingress',
    'networking.k8s.io/v1 NetworkPolicy',
  ])
  const { replicas, selector, template } = of('Deployment').spec
  const labels = template.metadata.labels
  expect(replicas).toBe(2)
  for (const chosen of [
    selector.matchLabels,
    of('PodDisruptionBudget').spec.selector.matchLabels,
    of('Service').spec.selector,
    of('NetworkPolicy').spec.podSelector.matchLabels,
  ]) {
    expect(chosen).toEqual(labels)
  }
  const [container] = template.spec.containers
  const ports = container.ports.map(({ name }: { name: string }) => name)
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    expect(ports).toContain(container[probe].httpGet.port)
    expect(container[probe].httpGet.path).toMatch(/^\/(healthz|readyz)$/)
  }
  expect(of('Service').spec.ports[0].targetPort).toBe(ports[0])
  const [rule] = of('Ingress').spec.rules
  expect(rule.http.paths[0].backend.service.name).toBe(of('Service').metadata.name)
  const mounted = container.volumeMounts.map(({ name }: { name: string }) => name)
  expect(mounted).toEqual(template.spec.volumes.map(({ name }: { name: string }) => name))
  expect(template.spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  })
})

test('settings and Secret of the manifests start a production portal', () => {
  const settingsOf = resources('kubernetes/fettle.yaml')[0]!.data!
  const [secret] = resources('kubernetes/secret.example.yaml')
  const made = {
    SESSION_SECRET: 'x'.repeat(64),
    ENCRYPTION_KEYS: `main:${Buffer.alloc(32, 7).toString('base64')}`,
    METRICS_TOKEN: 'm'.repeat(48),
  }
  const environment = { ...settingsOf, ...secret!.stringData, ...made }
  expect(Object.keys(environment).filter(name => !isSetting(name))).toEqual([])
  expect(readConfig(environment)).toMatchObject({ mode: 'production', trustProxy: 1, publicUrl: 'https://portal.example.com' })
  expect(() => readConfig({ ...settingsOf, ...secret!.stringData })).toThrow(/^SESSION_SECRET is not set/) // the example alone is not enough
})

test('the systemd unit starts the portal as what it is, hardened, with credentials that it loads', () => {
  const lines = read('systemd/fettle.service')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
  for (const line of lines) expect(line).toMatch(/^(\[(Unit|Service|Install)\]|[A-Z][A-Za-z]+=.+)$/)
  const values = (name: string) => lines.filter(line => line.startsWith(`${name}=`)).map(line => line.slice(name.length + 1))
  const environment = values('Environment').flatMap(line => line.split(' '))
  const loaded = values('LoadCredential').map(line => line.split(':')[0])
  for (const entry of environment) {
    const [name, value] = entry.split('=') as [string, string]
    expect(isSetting(name) || notSettings.includes(name)).toBe(true)
    if (value.startsWith('%d/')) expect(loaded).toContain(value.slice(3))
  }
  expect(environment).toContain('FETTLE_MODE=production')
  for (const hardening of ['NoNewPrivileges=yes', 'ProtectSystem=strict', 'PrivateTmp=yes', 'DynamicUser=yes'])
    expect(lines).toContain(hardening)
})
