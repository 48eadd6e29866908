import '#renderer/app/styles.css'
import { startApp } from '#renderer/app/start.ts'

void startApp()
