#include "drivers/printer/preview.h"

#include <algorithm>
#include <optional>

#include "drivers/printer/layout.h"
#include "drivers/printer/symbols.h"

namespace drivers {

namespace {

constexpr int margin = 32;
constexpr int symbol_gap = 12;
constexpr int rule_dots = 2;
constexpr std::uint8_t paper = 255;
constexpr std::uint8_t ink = 24;  // thermal black is a little grey

class Painter {
 public:
  Painter(const Profile& profile, SlipLetters& letters) : profile_(profile), letters_(letters) {
    picture_.width = profile.dots + 2 * margin;
    extend_to(margin);
    y_ = margin;
  }

  void operator()(const TextLine& text) { lines(lines_of(text, profile_)); }
  void operator()(const Row& row) { lines(lines_of(row, profile_)); }
  void operator()(const Blank& blank) { y_ += blank.lines * (cell_height + line_gap); }

  void operator()(const Rule& rule) {
    const int middle = y_ + cell_height / 2;
    const int first = rule.kind == RuleKind::single ? middle : middle - rule_dots - 1;
    fill(margin, first, profile_.dots, rule_dots);
    if (rule.kind == RuleKind::twofold) fill(margin, middle + 1, profile_.dots, rule_dots);
    y_ += cell_height + line_gap;
  }

  void operator()(const Qr& qr) {
    const auto symbol = symbol_of(qr);
    const int dots = symbol ? module_dots(*symbol, profile_) : 0;
    if (dots == 0 || !(profile_.has_qr || profile_.has_raster)) return (*this)(centred(qr.text));
    dots_of(raster_of(*symbol, dots, dots));
  }

  void operator()(const Barcode& barcode) {
    const auto symbol = symbol_of(barcode);
    const int dots = symbol ? module_dots(*symbol, profile_) : 0;
    const bool is_drawn = dots > 0 && (profile_.has_barcodes || profile_.has_raster);
    if (is_drawn) dots_of(raster_of(*symbol, dots, barcode_height_dots));
    const bool is_ean = is_drawn && barcode.kind == BarcodeKind::ean13;
    (*this)(centred(is_ean ? ean13(barcode.text).value_or("") : barcode.text));
  }

  void operator()(const Logo& logo) {
    const auto stride = static_cast<std::size_t>((std::max(logo.width, 0) + 7) / 8);
    const bool sound = logo.width > 0 && logo.width <= profile_.dots && logo.height > 0 &&
                       logo.bits.size() == stride * static_cast<std::size_t>(logo.height);
    if (sound && profile_.has_raster) dots_of(logo);
  }

  void operator()(Cut) {
    if (cut_at_) dashes(*cut_at_);
    y_ += margin;
    cut_at_ = y_;
    y_ += margin;
  }
  void operator()(DrawerPulse) {}

  Picture take() {
    // After the last cut there is no more paper.
    const bool cut_last = cut_at_ && y_ - *cut_at_ <= margin;
    if (cut_at_ && !cut_last) dashes(*cut_at_);
    extend_to(cut_last ? *cut_at_ : y_ + margin);
    return std::move(picture_);
  }

 private:
  void extend_to(int height) {
    picture_.height = std::max(picture_.height, height);
    picture_.grey.resize(
        static_cast<std::size_t>(picture_.width) * static_cast<std::size_t>(picture_.height),
        paper);
  }

  void darken(int x, int y, unsigned coverage) {
    if (x < 0 || y < 0 || x >= picture_.width) return;
    if (y >= picture_.height) extend_to(y + cell_height);
    auto& pixel =
        picture_.grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture_.width) +
                      static_cast<std::size_t>(x)];
    const auto shade = static_cast<std::uint8_t>(paper - coverage * (paper - ink) / 255);
    pixel = std::min(pixel, shade);
  }

  void fill(int x, int y, int width, int height) {
    for (int row = y; row < y + height; ++row) {
      for (int column = x; column < x + width; ++column) darken(column, row, 255);
    }
  }

  void dashes(int y) {
    for (int x = 0; x < picture_.width; x += 12) fill(x, y, 6, 1);
  }

  void lines(const std::vector<PrintedLine>& printed) {
    for (const PrintedLine& line : printed) {
      const int cell = profile_.dots / profile_.columns;
      const int free = profile_.dots - columns_of(line) * cell;
      const int x = margin + (line.align == Align::left    ? 0
                              : line.align == Align::right ? free
                                                           : free / 2);
      letters_.draw(line, cell, x, y_,
                    [this](int at, int y, unsigned coverage) { darken(at, y, coverage); });
      y_ += height_of(line) + line_gap;
    }
  }

  void dots_of(const Logo& logo) {
    y_ += symbol_gap;
    const int left = margin + (profile_.dots - logo.width) / 2;
    const auto stride = static_cast<std::size_t>((logo.width + 7) / 8);
    for (int y = 0; y < logo.height; ++y) {
      for (int x = 0; x < logo.width; ++x) {
        const auto byte =
            logo.bits[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x / 8)];
        if ((byte >> (7 - x % 8)) & 1) darken(left + x, y_ + y, 255);
      }
    }
    y_ += logo.height + symbol_gap;
  }

  const Profile& profile_;
  SlipLetters& letters_;
  Picture picture_;
  int y_ = 0;
  std::optional<int> cut_at_;
};

}  // namespace

core::Result<Picture, PreviewError> preview(const Document& document, const Profile& profile,
                                            const SlipFonts& fonts) {
  SlipLetters letters(fonts);
  if (!letters.is_ready()) return tl::unexpected(PreviewError::font_missing);
  Painter painter(profile, letters);
  for (const Block& block : document.blocks) std::visit(painter, block);
  return painter.take();
}

}  // namespace drivers
