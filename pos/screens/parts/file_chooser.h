// Chooses a file, or a folder: sticks and the home folder first, then what lies in them. It is
// listed away from the UI thread; a stick that was just plugged in is seen by looking again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/screens/parts/sheet.h"

namespace pos {

struct FileChooserInput {
  std::vector<std::string> endings;  // ".csv", in small letters; empty: a folder is chosen
  std::string folder = {};           // empty: the places
  bool is_asked = false;             // what is in it
};

struct FileChooserView {
  std::string title, where, close, up, again, take, empty, empty_second;
  struct Row {
    std::string name, second, path;
    ui::Icon icon = ui::icons::none;
    bool is_folder = false;
    friend bool operator==(const Row&, const Row&) = default;
  };
  std::vector<Row> rows;
  friend bool operator==(const FileChooserView&, const FileChooserView&) = default;
};

struct FileChooserTap {
  enum class Kind : std::uint8_t { none, row, up, again, take, dismiss };
  Kind kind = Kind::none;
  std::size_t index = 0;
};

// What came of it: a path, or that it was left.
struct FileChoice {
  Reaction reaction = {};
  std::string path = {};
  bool is_closed = false;
};

FileChooserView present(const Scene& scene, const FileChooserInput& input, std::string_view title);
FileChooserTap draw(ui::Ui& ui, const FileChooserView& view);
FileChoice react(const FileChooserTap& tap, const Scene& scene, FileChooserInput& input);
FileChoice run(ui::Ui& ui, const Scene& scene, FileChooserInput& input, std::string_view title);

}  // namespace pos
