// The life of folders and items: make, move, change, protect, remove.
import {
  createFolder,
  createItem,
  createItemInFolder,
  getItem,
  getUserContent,
  moveItem,
  protectItem,
  removeFolder,
  removeItem,
  unprotectItem,
  updateItem,
} from "@esri/arcgis-rest-portal";
import { answer, refusal } from "./script.mjs";
import { signIn } from "./session.mjs";

await answer(async (given) => {
  const authentication = await signIn(given);
  const made = await createFolder({ title: "Developer credentials", authentication });
  const twice = await refusal(createFolder({ title: "Developer credentials", authentication }));
  const folderId = made.folder.id;
  const words = { type: "Application", tags: ["class", "maps"], snippet: "For a class", description: "Long" };
  const inRoot = await createItem({ item: { title: "In the root", ...words }, authentication });
  const inFolder = await createItemInFolder({
    item: { title: "In the folder", ...words },
    folderId,
    authentication,
  });
  const moved = await moveItem({ itemId: inRoot.id, folderId, authentication });
  const changed = await updateItem({
    item: { id: inRoot.id, title: "Renamed", tags: ["one"] },
    authentication,
  });
  const root = await getUserContent({ authentication });
  const folder = await getUserContent({ folderId, num: 1, authentication });
  const rest = await getUserContent({ folderId, start: folder.nextStart, num: 1, authentication });
  const item = await getItem(inRoot.id, { authentication });
  const back = await moveItem({ itemId: inFolder.id, authentication });
  const guarded = await protectItem({ id: inRoot.id, authentication });
  const refused = await refusal(removeItem({ id: inRoot.id, authentication }));
  const freed = await unprotectItem({ id: inRoot.id, authentication });
  const removed = await removeItem({ id: inRoot.id, authentication });
  const kept = await createItemInFolder({
    item: { title: "Goes with the folder", ...words },
    folderId,
    authentication,
  });
  const emptied = await removeFolder({ folderId, authentication });
  const gone = await refusal(getItem(kept.id, { authentication }));
  const left = await getUserContent({ num: 100, authentication });
  return {
    ...{ made, twice, inRoot, inFolder, moved, changed, root, folder, rest, item, back },
    ...{ guarded, refused, freed, removed, emptied, gone, left },
  };
});
