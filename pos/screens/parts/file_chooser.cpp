#include "pos/screens/parts/file_chooser.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "pos/screens/parts/page.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

std::string size_text(std::int64_t bytes, Language language) {
  const bool is_large = bytes >= 1'000'000;
  return number_text(std::max<std::int64_t>(1, bytes / (is_large ? 1'000'000 : 1000)), language) +
         (is_large ? " MB" : " KB");
}

// What was listed, if it is the folder that is looked at.
const FolderList* listed(const Scene& scene, const FileChooserInput& input) {
  const auto& found = scene.found.folder;
  return found && input.is_asked && found->folder == input.folder ? &*found : nullptr;
}

}  // namespace

FileChooserView present(const Scene& scene, const FileChooserInput& input, std::string_view title) {
  const Words& words = scene.words;
  const bool wants_folder = input.endings.empty();
  FileChooserView view;
  view.title = title;
  view.where = input.folder.empty() ? std::string(words("Sticks and folders")) : input.folder;
  view.close = words("Close");
  view.again = words("Look again");
  if (!input.folder.empty()) view.up = words("Up");
  if (wants_folder && !input.folder.empty()) view.take = words("Take this folder");
  const FolderList* list = listed(scene, input);
  if (!list) {
    view.empty = words("Looking …");
    return view;
  }
  for (const FileEntry& entry : list->entries) {
    if (wants_folder && !entry.is_folder) continue;
    const bool is_place = list->folder.empty();
    view.rows.push_back(
        {entry.name,
         entry.is_folder ? (is_place ? entry.path : "") : size_text(entry.bytes, words.language()),
         entry.path, entry.is_folder ? ui::icons::inbox : ui::icons::upload_file, entry.is_folder});
  }
  if (!view.rows.empty()) return view;
  view.empty = words(list->why_not.empty() ? "Nothing that fits is here" : "This cannot be read");
  view.empty_second = list->why_not.empty()
                          ? std::string(words("Plug in the stick, wait a moment, then look again."))
                          : list->why_not;
  return view;
}

FileChooserTap draw(ui::Ui& ui, const FileChooserView& view) {
  using Kind = FileChooserTap::Kind;
  FileChooserTap tap;
  const ui::Rect at = sheet_of(ui, 720, 640);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.close});
  const ui::Rect inner{at.x + 24, at.y + 72, at.w - 48, at.h - 72 - 24};
  int x = inner.x;
  if (!view.up.empty()) {
    if (ui::button(ui, {x, inner.y, 56, 56},
                   {.label = view.up, .icon = ui::icons::arrow_back, .is_icon_only = true})) {
      tap.kind = Kind::up;
    }
    x += 64;
  }
  const ui::Button again{.label = view.again, .icon = ui::icons::refresh, .size = ui::Size::t1};
  const int width = ui::button_width(ui, again);
  if (ui::button(ui, {inner.right() - width, inner.y, width, 56}, again)) tap.kind = Kind::again;
  ui::text(ui, {x, inner.y, inner.right() - width - 8 - x, 56}, view.where,
           {.colour = ui::Colour::text_2, .shrinks = true});
  const int foot = view.take.empty() ? 0 : 72;
  const ui::Rect list{inner.x, inner.y + 64, inner.w, inner.h - 64 - foot};
  if (view.rows.empty()) {
    draw_emptiness(ui, list, {ui::icons::search, view.empty, view.empty_second});
  } else {
    const int row = std::max(64, 2 * line_height(ui, ui::Size::t1) + 12);
    const int n = static_cast<int>(view.rows.size());
    const ui::ScrollArea area(ui, list, "files", n * row);
    for (int i = 0; i < n; ++i) {
      const int y = list.y + i * row;
      if (!area.shows(y, row)) continue;
      const auto& entry = view.rows[static_cast<std::size_t>(i)];
      if (ui::row(ui, {list.x, area.y(y), list.w - 12, row},
                  {.title = entry.name,
                   .second = entry.second,
                   .icon = entry.icon,
                   .trailing = entry.is_folder ? ui::icons::chevron_right : ui::icons::none})) {
        tap = {Kind::row, static_cast<std::size_t>(i)};
      }
    }
  }
  if (foot > 0 &&
      ui::button(ui, {inner.x, inner.bottom() - 64, inner.w, 64},
                 {.label = view.take, .kind = ui::ButtonKind::main, .key = ui::Key::enter})) {
    tap.kind = Kind::take;
  }
  if (sheet.is_dismissed()) tap.kind = Kind::dismiss;
  return tap;
}

FileChoice react(const FileChooserTap& tap, const Scene& scene, FileChooserInput& input) {
  using Kind = FileChooserTap::Kind;
  FileChoice choice;
  const FolderList* list = listed(scene, input);
  const auto look_at = [&](std::string folder) {
    input.folder = std::move(folder);
    input.is_asked = false;
  };
  switch (tap.kind) {
    case Kind::none:
      break;
    case Kind::row: {
      const auto rows = present(scene, input, "").rows;
      if (tap.index >= rows.size()) break;
      if (rows[tap.index].is_folder) {
        look_at(rows[tap.index].path);
      } else {
        choice.path = rows[tap.index].path;
      }
      break;
    }
    case Kind::up:
      look_at(list ? list->above : "");
      break;
    case Kind::again:
      input.is_asked = false;
      break;
    case Kind::take:
      choice.path = input.folder;
      break;
    case Kind::dismiss:
      choice.is_closed = true;
      break;
  }
  if (!choice.path.empty()) choice.is_closed = true;
  if (!input.is_asked && !choice.is_closed) {
    input.is_asked = true;
    choice.reaction.errand = ListFolder{input.folder, input.endings};
  }
  return choice;
}

FileChoice run(ui::Ui& ui, const Scene& scene, FileChooserInput& input, std::string_view title) {
  return react(draw(ui, present(scene, input, title)), scene, input);
}

}  // namespace pos
