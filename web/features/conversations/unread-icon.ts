import { voice } from '../../components/logo'

/** The icon of the page with a dot in its corner, as a data address. The colours are those of app/icon.svg. */
export const unreadIcon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<path d="${voice}" transform="rotate(180 16 16)" fill="#f2b33d"/><path d="${voice}" fill="#4b57b8"/>
<path d="M10.07 18A8 8 0 0 1 17 14h4.93A8 8 0 0 1 15 18Z" fill="#1d2352"/>
<circle cx="24" cy="8" r="7.5" fill="#d92d20" stroke="#fff" stroke-width="1.5"/></svg>`,
)}`
