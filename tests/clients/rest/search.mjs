// Search with the package's own builder of queries, page by page.
import { SearchQueryBuilder, searchItems } from "@esri/arcgis-rest-portal";
import { answer } from "./script.mjs";
import { signIn } from "./session.mjs";

await answer(async (given) => {
  const authentication = await signIn(given);
  const keys = new SearchQueryBuilder()
    .match(given.username)
    .in("owner")
    .and()
    .startGroup()
    .match("API Key")
    .in("type")
    .or()
    .match("Registered App")
    .in("typekeywords")
    .or()
    .match("APIToken")
    .in("typekeywords")
    .endGroup();
  const others = new SearchQueryBuilder()
    .match(given.username)
    .in("owner")
    .not()
    .match("Application")
    .in("type");
  const early = new SearchQueryBuilder().from(new Date(0)).to(new Date()).in("created");
  const pages = [
    await searchItems({ q: keys, num: 2, sortField: "title", sortOrder: "asc", authentication }),
  ];
  while (pages.at(-1).nextPage) {
    pages.push(await pages.at(-1).nextPage());
  }
  return {
    query: keys.toParam(),
    pages: pages.map(({ total, start, num, nextStart, results }) => ({
      ...{ total, start, num, nextStart },
      titles: results.map((item) => item.title),
    })),
    others: (await searchItems({ q: others, authentication })).results.map((item) => item.type),
    early: (await searchItems({ q: early, num: 1, authentication })).total,
    anyone: (await searchItems({ q: keys, portal: given.rest })).total,
  };
});
