import { type ReactNode, StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { OpenDeviceStream } from '#features/telemetry/web'
import { type Language, negotiateLanguage, provideTexts } from '#platform/core'
import style from './embed.module.css'
import { WithSearch } from './in-place-of-router.tsx'
import { MachineView } from './machine-view.tsx'
import { MachinesView } from './machines-view.tsx'
import './style.css'
import { openSite, SiteContext } from './site.ts'
import { fetchToken, keepToken, TokenMissing } from './token-keeper.ts'

/** the styles of what is shown, in place of which the build puts them */
const sheet = new CSSStyleSheet()
sheet.replaceSync('__STYLES_OF_THE_BUNDLE__')

const texts = { 'zh-CN': () => import('virtual:texts/zh-CN/embed'), en: () => import('virtual:texts/en/embed') }
const known = new Map<Language, Promise<void>>()

/** Makes the texts of a language known, once for all elements of a page. */
function loadTexts(language: Language): Promise<void> {
  const loading = known.get(language) ?? texts[language]().then(module => provideTexts(language, module.default))
  known.set(language, loading)
  return loading
}

/** ms in which a page that gives tokens itself sets one */
const tokenMs = 20_000

/**
 * Shows something of the portal in the page of another site, with nothing of that site's styles and nothing of its own outside.
 * `token-url`: where the site's own server gives a token. `token`: one that the page gives itself, when `token-needed` asks for it; what is shown
 * stays, and what was refused is asked for anew.
 */
abstract class PortalElement extends HTMLElement {
  static observedAttributes = ['device', 'lang', 'portal', 'token', 'view']
  #root: Root | null = null
  #given: ((token: string) => void) | null = null
  readonly #tokens = keepToken(() => this.#askForToken())

  protected abstract content(): ReactNode

  connectedCallback(): void {
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
    shadow.adoptedStyleSheets = [sheet]
    this.#root = createRoot(shadow)
    void this.#show()
  }

  disconnectedCallback(): void {
    this.#root?.unmount()
    this.#root = null
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now) return
    const anew = name !== 'token' || (now !== null && this.#take(now))
    if (anew && this.#root) void this.#show()
  }

  /** Answers whether with this token more may be shown than is. */
  #take(token: string): boolean {
    const opens = this.#tokens.give(token)
    this.#given?.(token)
    return opens
  }

  async #show(): Promise<void> {
    const language = negotiateLanguage(this.lang || document.documentElement.lang || navigator.language)
    const portal = new URL(this.getAttribute('portal') ?? import.meta.url).origin
    await loadTexts(language)
    const site = openSite({ portal, language, tokens: this.#tokens, follow: path => this.#follow(path) })
    this.#root?.render(
      <StrictMode>
        <SiteContext value={site}>
          <OpenDeviceStream value={site.openStream}>
            <div className={style.frame} lang={language}>
              {this.content()}
            </div>
          </OpenDeviceStream>
        </SiteContext>
      </StrictMode>,
    )
  }

  /** A link to the portal was used: the site may show a page of its own instead. */
  #follow(path: string): boolean {
    const device = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/.exec(path)?.[0] ?? null
    return !this.#tell('portal-link', { path, device })
  }

  async #askForToken(): Promise<string> {
    const device = this.getAttribute('device')
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    this.#given = resolve // the page may set it while it is being told
    if (!this.#tell('token-needed', { device })) {
      setTimeout(() => reject(new TokenMissing(`The page has set no token within ${tokenMs} ms`)), tokenMs)
      return promise
    }
    const address = this.getAttribute('token-url')
    if (address === null) throw new TokenMissing('The element has neither a token that holds nor token-url')
    return fetchToken(address, device)
  }

  #tell(name: string, detail: object): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }))
  }
}

/** `<fettle-machine device="…" view="…">`: how one machine is. */
class MachineElement extends PortalElement {
  protected content(): ReactNode {
    const view = this.getAttribute('view') ?? ''
    return (
      <WithSearch first={`?view=${encodeURIComponent(view)}`} key={view}>
        <MachineView deviceId={this.getAttribute('device') ?? ''} />
      </WithSearch>
    )
  }
}

/** `<fettle-machines>`: how all machines are that the token shows. */
class MachinesElement extends PortalElement {
  protected content(): ReactNode {
    return <MachinesView />
  }
}

customElements.define('fettle-machine', MachineElement)
customElements.define('fettle-machines', MachinesElement)
