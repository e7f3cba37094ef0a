// What this till asked of the platform and what the platform answered, side by
// side, where the two do not agree: a person decides who is right.
#pragma once

#include "pos/screens/parts/badges.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

struct ConflictInput {};

struct ConflictView {
  std::string title, explained, close;
  struct Side {
    std::string title, words, button;
    ui::Icon icon = ui::icons::none;
    friend bool operator==(const Side&, const Side&) = default;
  };
  Side ours, theirs;
  friend bool operator==(const ConflictView&, const ConflictView&) = default;
};

enum class ConflictTap : std::uint8_t { none, ours, theirs, close };

// The intent that the platform refused or left unclear; none: there is no
// conflict to decide.
const core::OutboxRow* conflict_of(const core::OrderDetail& detail);

std::optional<ConflictView> present_conflict(const Scene& scene, const core::OrderDetail& detail);
ConflictTap draw(ui::Ui& ui, const ConflictView& view);
SheetResult react(ConflictTap tap, const core::OrderDetail& detail);

}  // namespace pos
