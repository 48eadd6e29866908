import { isNavigationFailure, NavigationFailureType, type RouteRecordName, type Router } from 'vue-router'

/**
 * While the way to another page is under way, as when that page is loaded for the first time, the page that is left may still write its own
 * address: an order that closes, a filter that settles. The router would take the last word for the wish, and a person who chose another
 * page would stay. So what a page replaces in its own address does not count any more once it is being left.
 */
export function leaveForGood(router: Router): Router {
  let heading: RouteRecordName | null | undefined
  router.beforeEach(({ name }) => {
    heading = name
  })
  router.afterEach((_to, _from, failure) => {
    // Cancelled: there is a newer way, and it goes on.
    if (!isNavigationFailure(failure, NavigationFailureType.cancelled)) heading = undefined
  })
  router.onError(() => {
    heading = undefined
  })
  const replace = router.replace.bind(router)
  router.replace = async (to) => {
    const here = router.currentRoute.value.name
    const isLeaving = heading !== undefined && heading !== here
    if (isLeaving && router.resolve(to).name === here) return
    return replace(to)
  }
  return router
}
