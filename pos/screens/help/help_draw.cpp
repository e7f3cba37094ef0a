// How the help is drawn.
#include <algorithm>

#include "pos/screens/help/flow.h"
#include "pos/screens/help/help_sheet.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/widgets.h"

namespace pos {

namespace {

using ui::Rect;

constexpr int widest_text = 760;  // longer lines are hard to follow
constexpr int indent = 24, cell_gap = 16, line_gap = 6;

FlowStyle style_of(const HelpBlock& block) {
  if (block.kind == HelpKind::heading) return {ui::Size::t2, ui::Weight::semibold};
  if (block.is_head) return {ui::Size::t1, ui::Weight::semibold};
  return {};
}

// Above a block, but for the first one.
int room_above(const HelpBlock& block) {
  if (block.kind == HelpKind::heading) return 24;
  if (block.kind == HelpKind::item) return block.mark.empty() ? 4 : line_gap;
  return block.kind == HelpKind::row ? 0 : 10;
}

// Blocks, one under the other: first measured, then drawn.
class PageDrawing {
 public:
  PageDrawing(ui::Ui& ui, int width, const HelpView& view) : ui_(ui), width_(width), view_(view) {
    int y = 0;
    for (const HelpBlock& block : view.page.blocks) {
      if (y > 0) y += room_above(block);
      blocks_.push_back(lay_out(block, y));
      y += blocks_.back().height;
    }
    links_ = y + 24;
    height_ = view.links.empty() ? y
                                 : links_ + line_height(ui, ui::Size::t1) + 8 +
                                       56 * static_cast<int>(view.links.size());
  }

  int height() const { return height_ + 24; }

  HelpTap draw(const ui::ScrollArea& area, const Rect& at) {
    HelpTap tap;
    for (const Laid& laid : blocks_) {
      if (!area.shows(at.y + laid.y, laid.height)) continue;
      if (const auto link = draw(laid, at.x, area.y(at.y + laid.y))) {
        tap = {HelpTap::Kind::topic, *link};
      }
    }
    if (view_.links.empty()) return tap;
    int y = area.y(at.y + links_);
    const int line = line_height(ui_, ui::Size::t1);
    ui::text(ui_, {at.x, y, at.w, line}, view_.more,
             {.weight = ui::Weight::semibold, .colour = ui::Colour::text_2});
    y += line + 8;
    for (const HelpView::Topic& link : view_.links) {
      if (ui::row(ui_, {at.x - 12, y, at.w + 24, 56},
                  {.title = link.label, .trailing = ui::icons::chevron_right})) {
        tap = {HelpTap::Kind::topic, link.topic};
      }
      y += 56;
    }
    return tap;
  }

 private:
  struct Laid {
    const HelpBlock* block;
    std::vector<Flow> flows;  // of a row: one each cell
    int y = 0, height = 0;
  };

  int left_of(const HelpBlock& block) const {
    return block.kind == HelpKind::item ? indent * std::max(block.level, 1) : 0;
  }

  // The first column is what the others are about.
  int cell_left(std::size_t cell, std::size_t cells) const {
    const int first = width_ * 2 / 5;
    if (cell == 0) return 0;
    const int others = (width_ - first) / std::max(static_cast<int>(cells) - 1, 1);
    return first + others * (static_cast<int>(cell) - 1);
  }

  Laid lay_out(const HelpBlock& block, int y) {
    Laid laid{&block, {}, y, 0};
    const FlowStyle style = style_of(block);
    const int line = line_height(ui_, style.size);
    if (block.kind == HelpKind::row) {
      int lines = 1;
      const std::size_t n = block.cells.size();
      for (std::size_t i = 0; i < n; ++i) {
        const int end = i + 1 < n ? cell_left(i + 1, n) : width_;
        const int width = std::max(40, end - cell_left(i, n) - cell_gap);
        laid.flows.push_back(flow(ui_, width, block.cells[i], style));
        lines = std::max(lines, laid.flows.back().lines);
      }
      laid.height = lines * line + 16;
    } else {
      laid.flows.push_back(flow(ui_, width_ - left_of(block), block.runs, style));
      laid.height = laid.flows.front().lines * line;
    }
    return laid;
  }

  std::optional<HelpTopic> draw(const Laid& laid, int x, int y) {
    const HelpBlock& block = *laid.block;
    const FlowStyle style = style_of(block);
    std::optional<HelpTopic> tapped;
    if (block.kind == HelpKind::row) {
      for (std::size_t i = 0; i < laid.flows.size(); ++i) {
        const int left = cell_left(i, laid.flows.size());
        if (const auto link = pos::draw(ui_, x + left, y + 8, laid.flows[i], style)) tapped = link;
      }
      ui::separator(ui_, x, y + laid.height - 1, width_);
      return tapped;
    }
    const int left = left_of(block);
    if (!block.mark.empty()) {
      ui::text(ui_, {x + left - indent, y, indent - 4, line_height(ui_, style.size)}, block.mark,
               {.colour = ui::Colour::text_2, .shrinks = true});
    }
    return pos::draw(ui_, x + left, y, laid.flows.front(), style);
  }

  ui::Ui& ui_;
  int width_;
  const HelpView& view_;
  std::vector<Laid> blocks_;
  int links_ = 0, height_ = 0;
};

HelpTap draw_topics(ui::Ui& ui, const Rect& rect, const HelpView& view) {
  HelpTap tap;
  constexpr int row = 56;
  const int n = static_cast<int>(view.topics.size());
  const ui::ScrollArea area(ui, rect, "help-topics", n * row);
  for (int i = 0; i < n; ++i) {
    const HelpView::Topic& topic = view.topics[static_cast<std::size_t>(i)];
    const Rect at{rect.x, area.y(rect.y + i * row), rect.w - 8, row};
    if (ui::row_ground(ui, at,
                       {.label = topic.label + "##help-" + std::string(word(topic.topic)),
                        .is_selected = topic.is_selected,
                        .has_separator = false})) {
      tap = {HelpTap::Kind::topic, topic.topic};
    }
    ui::folded_text(ui, {at.x + 12, at.y, at.w - 20, at.h}, topic.label,
                    {.weight = topic.is_selected ? ui::Weight::semibold : ui::Weight::regular,
                     .colour = topic.is_selected ? ui::Colour::accent_text : ui::Colour::text,
                     .shrinks = true});
  }
  return tap;
}

HelpTap draw_page(ui::Ui& ui, const Rect& rect, const HelpView& view) {
  if (!view.empty.empty()) {
    draw_emptiness(ui, rect, {ui::icons::help, view.title, view.empty});
    return {};
  }
  const int width = std::min(rect.w - 24, scaled(ui, widest_text));
  PageDrawing page(ui, width, view);
  const ui::ScrollArea area(ui, rect, "help-" + view.title, page.height());
  return page.draw(area, {rect.x + 12, rect.y, width, rect.h});
}

}  // namespace

HelpTap draw(ui::Ui& ui, const HelpView& view) {
  HelpTap tap;
  const Rect at = sheet_of(ui, scaled(ui, 1120), ui.height());
  const ui::Sheet sheet(ui, at, {.title = "", .close_word = view.close});
  int x = at.x + 24, right = at.right() - 80;
  if (!view.back.empty()) {
    if (ui::button(ui, {x, at.y + 16, 56, 56},
                   {.label = view.back, .icon = ui::icons::arrow_back, .is_icon_only = true})) {
      tap.kind = HelpTap::Kind::back;
    }
    x += 72;
  }
  if (!view.topics_word.empty()) {
    ui::Button topics{.label = view.topics_word, .icon = ui::icons::view_list};
    fit(ui, topics, at.w / 3);
    const int width = ui::button_width(ui, topics);
    if (ui::button(ui, {right - width, at.y + 16, width, 56}, topics)) {
      tap.kind = HelpTap::Kind::topics;
    }
    right -= width + 16;
  }
  const Rect title{x, at.y + 16, right - x, 56};
  const ui::Text big{.size = ui::Size::t3, .weight = ui::Weight::semibold, .shrinks = true};
  ui::text(ui, title, view.title, big);
  ui.lay_title({x, title.y, std::min(ui::text_width(ui, view.title, big.size, big.weight), title.w),
                title.h});
  const Rect body{at.x + 12, at.y + 88, at.w - 24, at.bottom() - 8 - at.y - 88};
  const auto take = [&](const HelpTap& other) {
    if (other.kind != HelpTap::Kind::none) tap = other;
  };
  if (view.shows_topics) {
    take(draw_topics(ui, body, view));
  } else if (view.is_narrow) {
    take(draw_page(ui, body, view));
  } else {
    const int list = has_large_text(ui) ? 312 : 256;
    take(draw_topics(ui, {body.x, body.y, list, body.h}, view));
    take(draw_page(ui, {body.x + list + 12, body.y, body.w - list - 12, body.h}, view));
  }
  if (sheet.is_dismissed()) tap.kind = HelpTap::Kind::close;
  return tap;
}

}  // namespace pos
