import type { Hono } from 'hono'
import { type Language, pathIn } from '#platform/core'
import type { ServerFeature } from './feature.ts'
import type { HttpEnv } from './http.ts'
import { type ProblemDescription, platformFailure, platformProblems } from './http-failures.ts'
import { type OpenApi, type Operation, openApi } from './http-openapi.ts'
import { pageShell } from './http-page-shell.ts'
import { escapeHtml } from './http-problems.ts'

/** The API as a document (/api/openapi.json) and as a page (/api/docs), and a page for every problem type (/problems/{type}). */
export function mountReference(app: Hono<HttpEnv>, features: readonly ServerFeature[]): void {
  const problems = allProblems(features)
  const endpoints = features.flatMap(feature => feature.routes ?? []).map(route => route.endpoint)
  const messages = Object.assign({}, ...features.map(feature => feature.messages ?? {}))
  const beside = features.flatMap(feature => feature.reference ?? [])
  let document: OpenApi | undefined
  const read = () => (document ??= openApi(endpoints, problems, messages))

  app.get('/api/openapi.json', c => {
    c.set('route', '/api/openapi.json')
    return c.json(read(), 200, { 'cache-control': 'public, max-age=300' })
  })
  app.get('/api/docs', c => {
    c.set('route', '/api/docs')
    const language = c.get('language')
    const page = {
      language,
      nonce: c.get('nonce'),
      styles: c.get('styles'),
      title: words[language].title,
      body: referencePage(read(), language, c.get('origin'), beside),
      wide: true,
    }
    return c.html(pageShell(page))
  })
  app.get('/api', c => c.redirect('/api/docs', 302))
  app.get('/problems/:type', c => {
    c.set('route', '/problems/:type')
    const type = c.req.param('type')
    const problem = problems.get(type)
    if (!problem) throw platformFailure('not-found')
    return c.html(
      pageShell({
        language: c.get('language'),
        nonce: c.get('nonce'),
        styles: c.get('styles'),
        title: type,
        body: problemPage(type, problem),
      }),
    )
  })
}

type Problems = ReadonlyMap<string, ProblemDescription>

const allProblems = (features: readonly ServerFeature[]): Problems =>
  new Map<string, ProblemDescription>([
    ...Object.entries(platformProblems),
    ...features.flatMap(feature => Object.entries(feature.problems ?? {})),
  ])

/** Problem types that an endpoint names and no feature describes: 'sales.submitInquiry price-changed'. A test holds this empty. */
export function undescribedProblems(features: readonly ServerFeature[]): string[] {
  const problems = allProblems(features)
  const endpoints = features.flatMap(feature => feature.routes ?? []).map(route => route.endpoint)
  return endpoints.flatMap(({ id, problems: types = [] }) =>
    types.filter(type => !problems.has(type)).map(type => `${id} ${type}`),
  )
}

function problemPage(type: string, problem: ProblemDescription): string {
  const inLanguage = (language: Language) =>
    `<section lang="${language}"><h2>${escapeHtml(problem.title[language])}</h2><p>${withCode(problem.explanation[language])}</p></section>`
  return `<p class="number">${problem.status}</p><h1>${escapeHtml(type)}</h1>${inLanguage('zh-CN')}${inLanguage('en')}<p class="quiet"><a href="/api/docs">/api/docs</a></p>`
}

/** Names between backticks as code. */
const withCode = (text: string) => escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')

const words = {
  'zh-CN': {
    title: 'API 参考',
    intro: '所有操作位于 /api/v1 之下，收发 JSON。错误以 application/problem+json（RFC 9457）返回，并附请求编号。',
    document: 'OpenAPI 3.1 文档',
    other: '/api/docs?lang=en',
    otherName: 'English',
    parameters: '参数',
    body: '请求正文',
    answer: '响应',
    access: '访问权限',
    problems: '可能的问题',
    required: '必填',
  },
  en: {
    title: 'API reference',
    intro:
      'Every operation lies below /api/v1 and speaks JSON. Errors come as application/problem+json (RFC 9457) with a request id.',
    document: 'OpenAPI 3.1 document',
    other: '/api/docs?lang=zh-CN',
    otherName: '中文',
    parameters: 'Parameters',
    body: 'Request body',
    answer: 'Answer',
    access: 'Access',
    problems: 'Problems',
    required: 'required',
  },
} as const

function referencePage(
  document: OpenApi,
  language: Language,
  origin: string,
  beside: NonNullable<ServerFeature['reference']>,
): string {
  const t = words[language]
  const byTag = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0]!
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationPart(method, path, operation, language)])
    }
  }
  const sections = [...byTag].map(([tag, parts]) => `<h2 id="${escapeHtml(tag)}">${escapeHtml(tag)}</h2>${parts.join('')}`)
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `<details id="schema-${escapeHtml(name)}"><summary>${escapeHtml(name)}</summary><div>${code(schema)}</div></details>`,
  )
  const links = beside.map(({ path, title }) => `<a href="${pathIn(language, path)}">${escapeHtml(title[language])}</a>`)
  return `<h1>${t.title}</h1><p>${t.intro}</p><nav><a href="/api/openapi.json">${t.document}</a>${links.join('')}<a href="${t.other}">${t.otherName}</a></nav>
${keysPart(language, origin)}${sections.join('')}${messagesPart(document, language)}<h2>Schemas</h2>${schemas.join('')}`
}

/** How a program says whose it is. */
function keysPart(language: Language, origin: string): string {
  const { title, how, scopes, closed } = keyWords[language]
  const example = `curl -H "Authorization: Bearer $FETTLE_KEY" ${origin}/api/v1/me`
  const paragraphs = [how, scopes, closed].map(text => `<p>${withCode(text)}</p>`)
  return `<h2 id="keys">${title}</h2>${paragraphs[0]}<pre>${escapeHtml(example)}</pre>${paragraphs.slice(1).join('')}`
}

const keyWords = {
  'zh-CN': {
    title: 'API 密钥',
    how: '程序用 API 密钥代替登录：在账户页面创建，放在请求头 `Authorization: Bearer` 中发送。同一请求中的 Cookie 不起作用。',
    scopes:
      '密钥只能执行其权限范围内、且所有者当前仍有权执行的操作；下文注明每个操作所需的权限。公开操作也接受密钥，并以所有者的名义执行。缺少权限时返回 403 not-permitted，密钥无效时返回 401 key-refused。',
    closed: '涉及本人账户的操作，以及需要再次确认的操作，不接受密钥（403 not-for-keys）。',
  },
  en: {
    title: 'API keys',
    how: 'Programs use an API key instead of signing in: made on the account page, sent in the header `Authorization: Bearer`. Cookies in the same request do not count.',
    scopes:
      'A key does what its scopes name and its owner may still do; each operation below names the permission it needs. Public operations take a key too and act in the name of its owner. Without the scope the answer is 403 not-permitted, with a key that does not hold 401 key-refused.',
    closed: 'What is about the account of a person, or has to be confirmed by himself, takes no key (403 not-for-keys).',
  },
} as const

function operationPart(method: string, path: string, operation: Operation, language: Language): string {
  const t = words[language]
  const parameters = operation.parameters.map(
    one =>
      `<tr><td><code>${escapeHtml(one.name)}</code></td><td>${one.in}${one.required ? ` · ${t.required}` : ''}</td><td>${escapeHtml(one.description ?? '')}<code>${escapeHtml(JSON.stringify(one.schema))}</code></td></tr>`,
  )
  const success = Object.entries(operation.responses).filter(([status]) => status < '400')
  const problems = operation['x-problems'].map(type => `<a href="/problems/${type}">${type}</a>`)
  const parts = [
    `<h4>${t.access}</h4>${escapeHtml(operation.description)}`,
    parameters.length > 0 ? `<h4>${t.parameters}</h4><table>${parameters.join('')}</table>` : '',
    operation.requestBody ? `<h4>${t.body}</h4>${shownContent(operation.requestBody.content)}` : '',
    ...success.map(([status, response]) => `<h4>${t.answer} ${status}</h4>${shownContent(response.content)}`),
    `<h4>${t.problems}</h4>${problems.join(', ')}`,
  ]
  return `<details id="${escapeHtml(operation.operationId)}"><summary><b>${method.toUpperCase()}</b><code>${escapeHtml(path)}</code><span>${escapeHtml(operation.summary)}</span></summary><div>${parts.join('')}</div></details>`
}

/** The schema of JSON, or the media type of anything else. */
const shownContent = (content: Record<string, { schema: unknown }> = {}): string =>
  Object.entries(content)
    .map(([type, { schema }]) => (type === 'application/json' ? code(schema) : `<p><code>${escapeHtml(type)}</code></p>`))
    .join('')

const code = (schema: unknown): string =>
  `<pre>${escapeHtml(JSON.stringify(schema, null, 2)).replace(/#\/components\/schemas\/(\w+)/g, '<a href="#schema-$1">$1</a>')}</pre>`

/** What is sent to programs of others. */
function messagesPart({ webhooks }: OpenApi, language: Language): string {
  const parts = Object.entries(webhooks).map(
    ([type, { post }]) =>
      `<details><summary><code>${escapeHtml(type)}</code> ${escapeHtml(post.summary)}</summary><div>${code(post.requestBody.content['application/json']!.schema)}</div></details>`,
  )
  return `<h2 id="webhooks">Webhooks</h2><p>${withCode(messageWords[language])}</p>${parts.join('')}`
}

const messageWords = {
  'zh-CN':
    '门户向您登记的地址发送 POST 请求，签名遵循 Standard Webhooks：请求头 `webhook-id`、`webhook-timestamp`、`webhook-signature`。同一消息重试时编号不变；请在 10 秒内返回 2xx。以下为各类消息的正文。',
  en: 'The portal POSTs to addresses that were entered for it, signed as Standard Webhooks demands: headers `webhook-id`, `webhook-timestamp`, `webhook-signature`. A message keeps its id in each try; answer 2xx within ten seconds. These are the bodies by type.',
} as const
