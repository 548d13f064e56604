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
${page.styles.map(href => `<link rel="stylesheet" href="${href}">`).join('\n')}
<style nonce="${page.nonce}">${css}</style>
</head>
<body><main${page.wide ? ' class="wide"' : ''}>${page.body}</main></body>
</html>`
}

const css = `
:where(:root) { color-scheme: light dark; --ink: #1b242c; --paper: #fbfaf7; --line: #d6d9dc; --surface: #f1f1ed; --ink-muted: #586570; --link: #1d4f8c }
@media (prefers-color-scheme: dark) { :where(:root) { --ink: #e8eaec; --paper: #14191e; --line: #39424a; --surface: #1d242b; --ink-muted: #a0abb5; --link: #8ab8ee } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font-family: var(--face, system-ui, "PingFang SC", "Microsoft YaHei", sans-serif); font-size: 16px; line-height: 1.65 }
main { max-width: 42rem; margin: 0 auto; padding: 48px 20px }
main.wide { max-width: 64rem }
h1 { font-size: 28px; line-height: 1.3; margin: 0 0 16px } h2 { font-size: 20px; margin: 40px 0 12px } h4 { font-size: 14px; margin: 16px 0 4px }
p { margin: 0 0 12px } a { color: var(--link) } nav a { margin-right: 16px }
code { overflow-wrap: anywhere } code, pre, summary b { font: 13px/1.5 var(--face-mono, ui-monospace, Consolas, monospace) }
pre { overflow-x: auto; background: var(--surface); padding: 12px; border-radius: 6px; margin: 8px 0 }
.quiet, .number { color: var(--ink-muted); font-size: 14px; margin: 0 } .quiet { margin-top: 32px }
details { border: 1px solid var(--line); border-radius: 6px; margin: 8px 0 }
summary { cursor: pointer; padding: 10px 14px; display: flex; gap: 12px; align-items: baseline; flex-wrap: wrap }
summary b { min-width: 52px; font-weight: 600; color: var(--link) } summary span { flex: 1; min-width: 16em }
details > div { padding: 0 14px 14px; border-top: 1px solid var(--line) }
table { border-collapse: collapse; width: 100% } td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line) }
`
