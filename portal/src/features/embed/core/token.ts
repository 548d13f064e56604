/** How long a token for a page of another site holds, in minutes. */
export const tokenMinutes = { min: 1, preset: 15, max: 60 } as const

/** How many machines one token may name. */
export const mostMachines = 50

/** Whether a text is the origin of a site as browsers say it: `https://intranet.example.com`, `http://10.0.0.4:8080`. */
export const isOrigin = (text: string): boolean =>
  /^https?:\/\/([a-z\d_-]+(\.[a-z\d_-]+)*|\[[\da-f:.]+\])(:[1-9]\d{0,4})?$/.test(text) &&
  !/^(https:.*:443|http:.*:80)$/.test(text)
