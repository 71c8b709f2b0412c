// The default theme without its web fonts: the system's are there at once, and the Chinese ones are
// better.
import DefaultTheme from 'vitepress/theme-without-fonts'
import './style.css'

export default DefaultTheme
