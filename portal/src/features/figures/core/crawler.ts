/** What programs that read pages call themselves, browsers without a window among them; a phone named Cubot is none. */
const programs = /(?<!cu)bot|crawl|spider|slurp|headless|lighthouse|preview|monitor|scan|curl|wget|python|java\/|go-http|phantom/i

/** Whether a User-Agent is that of a program, or of nobody. A program that calls itself a browser is counted. */
export const isCrawler = (userAgent: string | null): boolean => !userAgent || userAgent.length > 1000 || programs.test(userAgent)
