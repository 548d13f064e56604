import type { Language } from '#platform/core'

interface Shell {
  language: Language
  nonce: string
  title: string
  body: string
  /** addresses of the portal's own style sheets: faces and tokens; the page reads well without them */
  styles: readonly string[]
  wide?: boolean
}

/** A plain page for what is read outside the application's own pages: reference, problems, refused downloads. */
export function pageShell(page: Shell): string {
  return `<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${page.title.replace(/[&<>]/g, '')} · Fettle</title>
<style nonce="${page.nonce}">${css}</style>
${page.styles.map(href => `<link rel="stylesheet" href="${href}">`).join('\n')}
</head>
<body><main${page.wide ? ' class="wide"' : ''}>${page.body}</main></body>
</html>`
}

const css = `
:root { color-scheme: light dark; --ink: #1b242c; --paper: #fbfaf7; --line: #d6d9dc; --surface: #f1f1ed; --quiet: #586570; --link: #1d4f8c; --signal: #b34700 }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaec; --paper: #14191e; --line: #39424a; --surface: #1d242b; --quiet: #a0abb5; --link: #8ab8ee; --signal: #ff9450 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 "Noto Sans SC", system-ui, "PingFang SC", "Microsoft YaHei", sans-serif }
main { max-width: 42rem; margin: 0 auto; padding: 48px 20px }
main.wide { max-width: 64rem }
h1 { font-size: 28px; line-height: 1.3; margin: 0 0 16px } h2 { font-size: 20px; margin: 48px 0 12px } h3 { font-size: 16px; margin: 0 }
a { color: var(--link) } code, pre { font: 13px/1.5 ui-monospace, "SF Mono", Consolas, monospace }
pre { overflow-x: auto; background: var(--surface); padding: 12px; border-radius: 6px; margin: 8px 0 }
.quiet { color: var(--quiet); font-size: 14px } .number { color: var(--signal); font-size: 14px; margin: 0 }
details { border: 1px solid var(--line); border-radius: 6px; margin: 8px 0; background: var(--paper) }
summary { cursor: pointer; padding: 10px 14px; display: flex; gap: 12px; align-items: baseline; flex-wrap: wrap }
summary span { flex: 1; min-width: 16em }
summary b { min-width: 58px; color: var(--signal); font: 600 13px ui-monospace, monospace }
details > div { padding: 0 14px 14px; border-top: 1px solid var(--line) }
h4 { font-size: 14px; margin: 16px 0 4px } nav a { margin-right: 16px }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line) }
`
