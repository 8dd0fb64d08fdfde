export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const textSizes = ['standard', 'large', 'larger'] as const
export type TextSize = (typeof textSizes)[number]

export const themeKey = 'parley:theme'
export const textSizeKey = 'parley:text-size'

/** What the browser and the system draw around the page with: the colour of the list of conversations. */
export const frameColours = { light: '#f5f2ec', dark: '#151413' } as const

/**
 * Shows what was chosen on this device before anything is drawn. The page is the same for everybody, so the device
 * decides. It stands in the page as it is, and the policy of proxy.ts allows it by its hash.
 */
export const firstPaint = `(function(root){try{
var theme=localStorage.getItem('${themeKey}'),size=localStorage.getItem('${textSizeKey}');
if(theme==='light'||theme==='dark'){root.dataset.theme=theme;var meta=document.createElement('meta');meta.name='theme-color';meta.content=${JSON.stringify(frameColours)}[theme];document.head.prepend(meta)}
if(size==='large'||size==='larger')root.dataset.textSize=size
}catch(e){}})(document.documentElement)`
