// Search and look-up among 1,000,000 products (TRESEN_BENCH_PRODUCTS for another
// number), each beside a plain SELECT of the same data base. The products are
// made from a fixed seed: 900 brands, 38 adjectives, 73 nouns, 19 sizes.
#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "core/catalogue/barcode.h"
#include "core/store/catalogue_search.h"
#include "core/store/catalogue_store.h"
#include "core/store/catalogue_writer.h"
#include "tests/bench/size.h"
#include "tests/support/temp_folder.h"

namespace {

using Clock = std::chrono::steady_clock;
using Words = std::vector<std::string>;

const Words adjectives{
    "Fresh",   "Organic",    "Classic", "Premium", "Light",  "Dark",   "Sweet",     "Salted",
    "Smoked",  "Roasted",    "Creamy",  "Crunchy", "Spicy",  "Mild",   "Golden",    "Wild",
    "Natural", "Free-Range", "Low-Fat", "Double",  "Family", "Mini",   "Giant",     "Ripe",
    "Frozen",  "Dried",      "Ground",  "Whole",   "Sliced", "Grated", "Sparkling", "Still",
    "Herbal",  "Green",      "Red",     "White",   "Black",  "Vintage"};
const Words nouns{
    "Apfel",     "Banane",    "Karotte",   "Kartoffel", "Tomate",     "Brot",     "Baguette",
    "Croissant", "Butter",    "Milch",     "Joghurt",   "Käse",       "Cheddar",  "Gouda",
    "Brie",      "Schinken",  "Salami",    "Huhn",      "Rind",       "Lachs",    "Thunfisch",
    "Reis",      "Nudeln",    "Spaghetti", "Mehl",      "Zucker",     "Salz",     "Pfeffer",
    "Kaffee",    "Espresso",  "Tee",       "Kakao",     "Schokolade", "Keks",     "Kuchen",
    "Muffin",    "Marmelade", "Honig",     "Saft",      "Wasser",     "Limonade", "Cola",
    "Bier",      "Wein",      "Seife",     "Zahnpasta", "Batterie",   "Kerze",    "Notizbuch",
    "Bleistift", "Klebeband", "Handtuch",  "Schwamm",   "Folie",      "Tasche",   "Tasse",
    "Teller",    "Löffel",    "Hemd",      "Socken",    "Hut",        "Schal",    "Gürtel",
    "Poster",    "Kabel",     "Lampe",     "Schrauben", "Farbe",      "Pinsel",   "Olivenöl",
    "Senf",      "Pasta",     "Balsamico"};
const Words sizes{"50g", "100g", "125g", "200g", "250g", "330ml", "400g", "500ml", "500g", "750ml",
                  "1kg", "1l",   "1.5l", "2l",   "2kg",  "12x",   "S",    "M",     "L"};

class Random {
 public:
  std::uint64_t below(std::uint64_t n) { return engine_() % n; }
  const std::string& of(const Words& words) { return words[below(words.size())]; }

 private:
  std::mt19937_64 engine_{20261122};
};

Words brands(Random& random) {
  Words made(900);
  for (std::string& brand : made) {
    for (auto syllables = 2 + random.below(2); syllables > 0; --syllables) {
      brand += "bcdfgklmnprstvz"[random.below(15)];
      brand += "aeiou"[random.below(5)];
    }
    brand[0] = static_cast<char>(brand[0] - 'a' + 'A');
  }
  return made;
}

std::string barcode(std::int64_t number) {
  const std::string digits = fmt::format("20{:010}", number);
  return digits + *core::check_digit(digits);
}

std::int64_t product_count() {
  return benches::rows("TRESEN_BENCH_PRODUCTS", 1'000'000);
}

core::Product product(std::int64_t number, Random& random, const Words& brand) {
  core::Variant variant;
  variant.sku = "P" + std::to_string(number);
  variant.barcodes = {barcode(number)};
  variant.price = {static_cast<std::int64_t>(29 + random.below(4971)), core::eur};
  variant.category = "Category " + std::to_string(random.below(12));
  const std::string title = random.of(brand) + " " + random.of(adjectives) + " " +
                            random.of(nouns) + " " + random.of(sizes);
  return {"p" + std::to_string(number), title, {variant}};
}

// One catalogue for all benchmarks, made before the first one.
class Shop {
 public:
  Shop()
      : database_(std::move(
            core::Database::open(file(), core::Access::write, core::Durability::none).value())) {
    const auto start = Clock::now();
    Random random;
    const Words brand = brands(random);
    core::Transaction transaction(database_);
    core::CatalogueWriter writer(database_, "bench");
    for (std::int64_t n = 1; n <= product_count(); ++n) writer.put(product(n, random, brand));
    writer.finish();
    // A year of sales: 3,000 articles that sell, some of them much.
    for (std::int64_t i = 1; i <= 3000; ++i) {
      const auto row =
          static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(product_count()))) + 1;
      core::note_sold(database_, {row}, 20'000 / i + 1);
    }
    if (!transaction.commit()) std::abort();
    database_.checkpoint();
    const std::chrono::duration<double> took = Clock::now() - start;
    fmt::print("{} products written in {:.1f} s, {:.0f} MiB on disk\n", product_count(),
               took.count(), static_cast<double>(std::filesystem::file_size(file())) / 1048576.0);
  }
  core::Database& database() { return database_; }
  std::filesystem::path file() const { return folder_ / "till.db"; }

 private:
  tests::TempFolder folder_;
  core::Database database_;
};

Shop& shop() {
  static Shop made;
  return made;
}

// The till searches on a connection of its own, which only reads.
core::Database& reader() {
  static core::Database database =
      std::move(core::Database::open(shop().file(), core::Access::read).value());
  return database;
}

template <class Act>
void measure(benchmark::State& state, Act act) {
  std::vector<double> microseconds;
  for (auto _ : state) {
    const auto start = Clock::now();
    act();
    microseconds.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  std::sort(microseconds.begin(), microseconds.end());
  const auto at = [&](double share) {
    return microseconds[static_cast<std::size_t>(share *
                                                 static_cast<double>(microseconds.size() - 1))];
  };
  state.counters["p50_us"] = at(0.5);
  state.counters["p99_us"] = at(0.99);
  state.counters["max_us"] = microseconds.back();
}

// Every prefix of every text, as the keys are pressed.
Words keystrokes(const Words& texts) {
  Words typed;
  for (const std::string& text : texts) {
    for (std::size_t end = 1; end <= text.size(); ++end) typed.push_back(text.substr(0, end));
  }
  return typed;
}

void search_for(benchmark::State& state, const Words& typed) {
  core::Database& database = reader();
  std::size_t next = 0;
  std::size_t hits = 0;
  measure(state, [&] { hits += core::search(database, typed[next++ % typed.size()], 50).size(); });
  state.counters["hits"] = static_cast<double>(hits) / static_cast<double>(state.iterations());
}

void search_keystrokes(benchmark::State& state) {
  search_for(state, keystrokes({"Premium Espresso 250g", "kase", "olivenol", "red wein 750ml",
                                "Schokolade dark", "smoked lachs", "brot", "notizbuch black",
                                "2000000345", "P12345", "tee green herbal"}));
}

void search_inside_words(benchmark::State& state) {
  search_for(state, {"colade", "venol", "resso", "ttoffel", "toffel", "usch", "bleist red",
                     "samico", "ikin", "zzz", "nzbu", "ereo", "kolad oas", "arge inu"});
}

void search_mistyped(benchmark::State& state) {
  search_for(state, {"schokolaed", "esprseso", "notizbch", "olivneol", "krtoffel", "sapghetti",
                     "premiun", "premiun esspresso", "xchinken smoekd", "qqqqqqqq", "brtso wienn"});
}

void search_worst_words(benchmark::State& state) {
  search_for(state, {"a",
                     "e",
                     "s",
                     "1",
                     "fr",
                     "cl",
                     "s m",
                     "r w b",
                     "0g",
                     "an er",
                     "ba di fr 1",
                     "00g",
                     "ein",
                     "inn ack",
                     "range fat",
                     "mini maxi",
                     "premium classic",
                     "sparkling vintage",
                     "kase wein",
                     "fres gold",
                     "vintag lachs"});
}

void look_up_barcode(benchmark::State& state) {
  Random random;
  const auto count = static_cast<std::uint64_t>(product_count());
  measure(state, [&] {
    const auto number = static_cast<std::int64_t>(random.below(count)) + 1;
    if (!core::find_by_barcode(shop().database(), barcode(number))) std::abort();
  });
}

void baseline_barcode(benchmark::State& state) {
  Random random;
  const auto count = static_cast<std::uint64_t>(product_count());
  auto& database = shop().database();
  measure(state, [&] {
    const auto number = static_cast<std::int64_t>(random.below(count)) + 1;
    auto query = database.query("SELECT variant_id FROM barcodes WHERE code = ?");
    if (!query.with(barcode(number)).next()) std::abort();
  });
}

void baseline_like(benchmark::State& state) {
  core::Database& database = reader();
  const Words typed{"%schoko%", "%lachs%", "%resso%"};
  std::size_t next = 0;
  measure(state, [&] {
    auto query = database.query(
        "SELECT id FROM variants WHERE words LIKE ? ORDER BY popularity DESC LIMIT 50");
    query.with(typed[next++ % typed.size()]);
    while (query.next()) {
    }
  });
}

void page_of_tiles(benchmark::State& state) {
  core::Database& database = reader();
  int page = 0;
  measure(state, [&] {
    benchmark::DoNotOptimize(core::tiles(database, {.category = 3, .page = page++ % 300}));
  });
}

void front_page(benchmark::State& state) {
  measure(state, [&] { benchmark::DoNotOptimize(core::tiles(reader(), {})); });
}

void chips(benchmark::State& state) {
  measure(state, [&] { benchmark::DoNotOptimize(core::categories(reader())); });
}

BENCHMARK(look_up_barcode)->Iterations(benches::times(20'000));
BENCHMARK(baseline_barcode)->Iterations(benches::times(20'000));
BENCHMARK(search_keystrokes)->Iterations(benches::times(1000))->Unit(benchmark::kMicrosecond);
BENCHMARK(search_inside_words)->Iterations(benches::times(500))->Unit(benchmark::kMicrosecond);
BENCHMARK(search_mistyped)->Iterations(benches::times(500))->Unit(benchmark::kMicrosecond);
BENCHMARK(search_worst_words)->Iterations(benches::times(1000))->Unit(benchmark::kMicrosecond);
BENCHMARK(baseline_like)->Iterations(benches::times(30))->Unit(benchmark::kMicrosecond);
BENCHMARK(page_of_tiles)->Iterations(benches::times(1000))->Unit(benchmark::kMicrosecond);
BENCHMARK(front_page)->Iterations(benches::times(1000))->Unit(benchmark::kMicrosecond);
BENCHMARK(chips)->Iterations(benches::times(1000))->Unit(benchmark::kMicrosecond);

}  // namespace
