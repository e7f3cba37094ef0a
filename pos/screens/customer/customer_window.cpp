#include "pos/screens/customer/customer_window.h"

#include <algorithm>

#include "drivers/printer/symbols.h"
#include "pos/ui/shapes.h"
#include "pos/ui/text.h"

namespace pos {

namespace {

using ui::Colour;
using ui::Rect;
using ui::Size;
using ui::Weight;

constexpr int edge = ui::measure::padding;
constexpr int line_row = 56;
// What the page is laid out for; a larger screen enlarges all of it.
constexpr float base_width = 1024, base_height = 600;

void draw_line(ui::Ui& ui, const Rect& row, const CustomerLine& line) {
  if (line.is_latest) ui::box(ui, row, Colour::accent_tint, ui::measure::small_radius);
  const Rect inside = row.inset(0).moved(16, 0);
  const int amount = 128;
  const Rect words{inside.x, inside.y, row.w - 32 - amount, row.h};
  const Weight weight = line.is_latest ? Weight::semibold : Weight::regular;
  if (line.detail.empty()) {
    ui::text(ui, words, line.title, {.size = Size::t2, .weight = weight});
  } else {
    const auto [first, second] = ui::two_lines(ui, words, Size::t2, Size::t1);
    ui::text(ui, first, line.title, {.size = Size::t2, .weight = weight});
    ui::text(ui, second, line.detail, {.colour = Colour::text_2});
  }
  ui::amount(ui, {row.right() - 16 - amount, row.y, amount, row.h}, line.amount,
             {.weight = weight});
}

// The latest lines, the last at the bottom of what is full.
void draw_lines(ui::Ui& ui, const Rect& card, const std::vector<CustomerLine>& lines) {
  ui::raised(ui, card, Colour::surface);
  const Rect inside = card.inset(8);
  const auto room = static_cast<std::size_t>(std::max(1, inside.h / line_row));
  // The latest change may be far above the end of the list.
  const auto latest = std::find_if(lines.begin(), lines.end(),
                                   [](const CustomerLine& line) { return line.is_latest; });
  std::size_t first = lines.size() > room ? lines.size() - room : 0;
  first = std::min(first, static_cast<std::size_t>(latest - lines.begin()));
  const std::size_t last = std::min(lines.size(), first + room);
  int y = inside.y;
  for (std::size_t i = first; i < last; ++i, y += line_row) {
    draw_line(ui, {inside.x, y, inside.w, line_row}, lines[i]);
  }
}

void draw_amounts(ui::Ui& ui, const Rect& card, const CustomerPage& page) {
  ui::raised(ui, card, Colour::surface);
  const Rect inside = card.inset(edge);
  int y = inside.y;
  const bool has_sums = page.main_word != page.total_word;
  if (has_sums) {
    ui::fact(ui, {inside.x, y, inside.w, 32}, page.total_word, page.total);
    y += 32;
  }
  if (!page.paid.empty()) ui::fact(ui, {inside.x, y, inside.w, 32}, page.paid_word, page.paid);
  const Rect foot{inside.x, inside.bottom() - 96, inside.w, 96};
  if (!page.words.empty()) {
    ui::paragraph(ui, {inside.x, foot.y - 96, inside.w, 88}, page.words,
                  {.size = Size::t3, .weight = Weight::semibold, .colour = Colour::accent_text});
  }
  ui::text(ui, {foot.x, foot.y, foot.w, 40}, page.main_word,
           {.size = Size::t3, .colour = Colour::text_2});
  ui::amount(ui, {foot.x, foot.y + 40, foot.w, 56}, page.main, {.size = Size::t4});
}

// Each module a whole number of pixels, with the quiet zone that readers need.
void draw_qr(ui::Ui& ui, const Rect& place, const std::string& payload) {
  const auto symbol = drivers::symbol_of(drivers::Qr{payload, drivers::QrLevel::low});
  if (!symbol) return;
  const ui::PixelRect box = ui.pixels(place);
  const int modules = symbol->width + 2 * drivers::qr_quiet_modules;
  const int dots = std::max(1, std::min(box.x1 - box.x0, box.y1 - box.y0) / modules);
  const int side = dots * modules;
  const int x0 = (box.x0 + box.x1 - side) / 2, y0 = (box.y0 + box.y1 - side) / 2;
  ui.paint().fill({x0, y0, x0 + side, y0 + side}, {255, 255, 255});
  for (int y = 0; y < symbol->height; ++y) {
    for (int x = 0; x < symbol->width; ++x) {
      if (!symbol->at(x, y)) continue;
      const int px = x0 + (x + drivers::qr_quiet_modules) * dots;
      const int py = y0 + (y + drivers::qr_quiet_modules) * dots;
      ui.paint().fill({px, py, px + dots, py + dots}, {0, 0, 0});
    }
  }
  ui.note({x0, y0, x0 + side, y0 + side}, "QR", ui::ItemKind::text);
}

void draw_idle(ui::Ui& ui, const CustomerPage& page) {
  const int middle = ui.height() / 2;
  const Rect bar{0, middle - 96, ui.width(), 192};
  ui::box(ui, bar, Colour::accent);
  const ui::Align centre = ui::Align::centre;
  ui::text(ui, {0, middle - 56, ui.width(), 56}, page.shop,
           {.size = Size::t4,
            .weight = Weight::semibold,
            .colour = Colour::on_accent,
            .align = centre,
            .shrinks = true});
  ui::text(ui, {0, middle + 16, ui.width(), 32}, page.words,
           {.size = Size::t3, .colour = Colour::on_accent, .align = centre});
  ui::text(ui, {0, ui.height() - 64, ui.width(), 32}, page.second,
           {.size = Size::t2, .colour = Colour::text_2, .align = centre});
}

void draw_sale(ui::Ui& ui, const CustomerPage& page) {
  ui::text(ui, {edge, 16, ui.width() - 2 * edge, 32}, page.shop,
           {.size = Size::t2, .weight = Weight::semibold, .colour = Colour::text_2});
  const int top = 64, height = ui.height() - top - edge;
  if (ui.is_portrait()) {
    const int amounts = 264;
    draw_lines(ui, {edge, top, ui.width() - 2 * edge, height - amounts - edge}, page.lines);
    draw_amounts(ui, {edge, ui.height() - edge - amounts, ui.width() - 2 * edge, amounts}, page);
    return;
  }
  const int amounts = std::max(296, ui.width() / 3);
  draw_lines(ui, {edge, top, ui.width() - amounts - 3 * edge, height}, page.lines);
  draw_amounts(ui, {ui.width() - amounts - edge, top, amounts, height}, page);
}

void draw_end(ui::Ui& ui, const CustomerPage& page) {
  const bool has_qr = !page.qr.empty();
  const bool is_beside = has_qr && !ui.is_portrait();
  const int width = is_beside ? ui.width() * 2 / 5 : ui.width();
  const int middle = is_beside || !has_qr ? ui.height() / 2 : ui.height() / 5;
  const Rect words{edge, middle - 144, width - 2 * edge, 80};
  ui::text(ui, words, page.words,
           {.size = Size::t3,
            .weight = Weight::semibold,
            .colour = Colour::accent_text,
            .align = ui::Align::centre,
            .lines = 2});
  const bool has_main = !page.main.empty() && !has_qr;
  const std::string& word = has_main ? page.main_word : page.total_word;
  const std::string& amount = has_main ? page.main : page.total;
  ui::text(ui, {edge, middle - 40, width - 2 * edge, 40}, word,
           {.size = Size::t3, .colour = Colour::text_2, .align = ui::Align::centre});
  ui::amount(ui, {edge, middle, width - 2 * edge, 64}, amount,
             {.size = Size::t4, .align = ui::Align::centre});
  if (has_main && page.main_word != page.total_word) {
    ui::text(ui, {edge, middle + 72, width - 2 * edge, 32}, page.total_word + " " + page.total,
             {.size = Size::t2, .colour = Colour::text_2, .align = ui::Align::centre});
  }
  if (is_beside) {
    draw_qr(ui, {width, edge, ui.width() - width - edge, ui.height() - 2 * edge}, page.qr);
  } else if (has_qr) {
    const int top = middle + 80;
    draw_qr(ui, {edge, top, ui.width() - 2 * edge, ui.height() - top - edge}, page.qr);
  }
}

}  // namespace

namespace {

void draw_page(ui::Ui& ui, const CustomerPage& page) {
  switch (page.phase) {
    case CustomerPhase::idle:
      return draw_idle(ui, page);
    case CustomerPhase::ringing_up:
    case CustomerPhase::paying:
      return draw_sale(ui, page);
    case CustomerPhase::thanks:
    case CustomerPhase::receipt:
      return draw_end(ui, page);
  }
}

}  // namespace

void draw(ui::Ui& ui, const CustomerPage& page) {
  draw_page(ui, page);
  if (page.training.empty()) return;
  const Rect band{0, 0, ui.width(), 40};
  ui::box(ui, band, Colour::warn_tint);
  ui::text(ui, band, page.training,
           {.size = Size::t2,
            .weight = Weight::semibold,
            .colour = Colour::warn,
            .align = ui::Align::centre});
}

void CustomerWindow::settle() {
  window_->settle();
  shown_.reset();
}

bool CustomerWindow::show(const CustomerPage& page, double seconds) {
  if (!window_->is_shown() || shown_ == page) return false;
  const auto width = static_cast<float>(window_->width());
  const auto height = static_cast<float>(window_->height());
  const bool is_portrait = height > width;
  ui::Frame frame;
  frame.width = window_->width();
  frame.height = window_->height();
  frame.seconds = seconds;
  frame.look.scale = is_portrait ? std::min(width / base_height, height / base_width)
                                 : std::min(width / base_width, height / base_height);
  // A second time where the atlas of the glyphs ran full in the middle.
  for (int i = 0; i < 2; ++i) {
    ui_.begin(frame);
    draw(ui_, page);
    window_->renderer().draw(ui_.end());
    if (!ui_.wants_frame()) break;
  }
  shown_ = page;
  return true;
}

}  // namespace pos
