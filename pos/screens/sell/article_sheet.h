// An article made or changed at the till: held on its tile, or offered where a code is
// not known. What lies on the shelf is counted or taken in with a reason.
#pragma once

#include <string>

#include "pos/screens/parts/ask_sheet.h"
#include "pos/screens/parts/fields_sheet.h"

namespace pos {

struct ArticleInput {
  core::Variant article;  // as it was known; row 0: a new one
  FieldsInput fields = {};
  std::string tax = {};  // its code
  core::Unit unit = core::Unit::piece;
  bool is_favourite = false;
  bool is_held = false;       // the finger that opened it has not left the glass yet
  std::uint64_t sent_at = 0;  // the till's revision when it was sent; 0: it was not
};
ArticleInput edit_article(const core::Variant& article, Language language);
ArticleInput new_article(const std::string& code, const Scene& scene);

enum class StockWork : std::uint8_t { count, receive, take_out };
struct StockInput {
  core::Variant article;
  FieldsInput fields = {};
  StockWork work = StockWork::count;
  std::uint64_t sent_at = 0;
};

// A code that nobody knows: make an article of it, or sell it once.
struct UnknownCodeInput {
  std::string code;
};

// The article as it stands on the sheet, or what is wrong with it, as a text key.
core::Result<core::Variant, std::string_view> article_on(const ArticleInput& input,
                                                         core::Currency currency);

FieldsView present(const Scene& scene, const ArticleInput& input);
SheetResult react(const FieldsTap& tap, const Scene& scene, ArticleInput& input);

FieldsView present(const Scene& scene, const StockInput& input);
SheetResult react(const FieldsTap& tap, const Scene& scene, StockInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, StockInput& input);

WaysView present(const Scene& scene, const UnknownCodeInput& input);

}  // namespace pos
