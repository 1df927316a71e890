#include "slices/evidence/reference_tables.h"

#include "base/table_words.h"
#include "base/text.h"

namespace tithing::evidence {

namespace {

constexpr KnownForce kForces[] = {
    {"avon-and-somerset", "Avon and Somerset Constabulary", "E23000036"},
    {"bedfordshire", "Bedfordshire Police", "E23000026"},
    {"btp", "British Transport Police", ""},
    {"cambridgeshire", "Cambridgeshire Constabulary", "E23000023"},
    {"cheshire", "Cheshire Constabulary", "E23000006"},
    {"city-of-london", "City of London Police", "E23000034"},
    {"cleveland", "Cleveland Police", "E23000013"},
    {"cumbria", "Cumbria Constabulary", "E23000002"},
    {"derbyshire", "Derbyshire Constabulary", "E23000018"},
    {"devon-and-cornwall", "Devon & Cornwall Police", "E23000035"},
    {"dorset", "Dorset Police", "E23000039"},
    {"durham", "Durham Constabulary", "E23000008"},
    {"dyfed-powys", "Dyfed-Powys Police", "W15000004"},
    {"essex", "Essex Police", "E23000028"},
    {"gloucestershire", "Gloucestershire Constabulary", "E23000037"},
    {"greater-manchester", "Greater Manchester Police", "E23000005"},
    {"gwent", "Gwent Police", "W15000002"},
    {"hampshire", "Hampshire Constabulary", "E23000030"},
    {"hertfordshire", "Hertfordshire Constabulary", "E23000027"},
    {"humberside", "Humberside Police", "E23000012"},
    {"kent", "Kent Police", "E23000032"},
    {"lancashire", "Lancashire Constabulary", "E23000003"},
    {"leicestershire", "Leicestershire Police", "E23000021"},
    {"lincolnshire", "Lincolnshire Police", "E23000020"},
    {"merseyside", "Merseyside Police", "E23000004"},
    {"metropolitan", "Metropolitan Police Service", "E23000001"},
    {"norfolk", "Norfolk Constabulary", "E23000024"},
    {"north-wales", "North Wales Police", "W15000001"},
    {"north-yorkshire", "North Yorkshire Police", "E23000009"},
    {"northamptonshire", "Northamptonshire Police", "E23000022"},
    {"northern-ireland", "Police Service of Northern Ireland", ""},
    {"northumbria", "Northumbria Police", "E23000007"},
    {"nottinghamshire", "Nottinghamshire Police", "E23000019"},
    {"south-wales", "South Wales Police", "W15000003"},
    {"south-yorkshire", "South Yorkshire Police", "E23000011"},
    {"staffordshire", "Staffordshire Police", "E23000015"},
    {"suffolk", "Suffolk Constabulary", "E23000025"},
    {"surrey", "Surrey Police", "E23000031"},
    {"sussex", "Sussex Police", "E23000033"},
    {"thames-valley", "Thames Valley Police", "E23000029"},
    {"warwickshire", "Warwickshire Police", "E23000017"},
    {"west-mercia", "West Mercia Police", "E23000016"},
    {"west-midlands", "West Midlands Police", "E23000014"},
    {"west-yorkshire", "West Yorkshire Police", "E23000010"},
    {"wiltshire", "Wiltshire Police", "E23000038"},
};

// 6 categories from December 2010, 11 from September 2011, 14 from May 2013.
constexpr KnownCrimeType kCrimeTypes[] = {
    {"anti-social-behaviour", "Anti-social behaviour", 2010, 12, 0, 0},
    {"bicycle-theft", "Bicycle theft", 2013, 5, 0, 0},
    {"burglary", "Burglary", 2010, 12, 0, 0},
    {"criminal-damage-and-arson", "Criminal damage and arson", 2011, 9, 0, 0},
    {"drugs", "Drugs", 2011, 9, 0, 0},
    {"other-crime", "Other crime", 2010, 12, 0, 0},
    {"other-theft", "Other theft", 2011, 9, 0, 0},
    {"possession-of-weapons", "Possession of weapons", 2013, 5, 0, 0},
    {"public-disorder-and-weapons", "Public disorder and weapons", 2011, 9, 2013, 4},
    {"public-order", "Public order", 2013, 5, 0, 0},
    {"robbery", "Robbery", 2010, 12, 0, 0},
    {"shoplifting", "Shoplifting", 2011, 9, 0, 0},
    {"theft-from-the-person", "Theft from the person", 2013, 5, 0, 0},
    {"vehicle-crime", "Vehicle crime", 2010, 12, 0, 0},
    {"violence-and-sexual-offences", "Violence and sexual offences", 2013, 5, 0, 0},
    {"violent-crime", "Violent crime", 2010, 12, 2013, 4},
};

constexpr CategoryBreak kBreaks[] = {
    {"other-crime", 2011, 9,
     "\"Other crime\" was narrowed in September 2011: until August 2011 it held what are now drugs, shoplifting, other "
     "theft, criminal "
     "damage and arson, and public disorder and weapons."},
    {"other-theft", 2013, 5,
     "\"Other theft\" was narrowed in May 2013: until April 2013 it held bicycle theft and theft from the person, "
     "which have been "
     "categories of their own since."},
};

template <class Table, class Test>
auto find_in(const Table& table, Test test) -> decltype(&table[0]) {
  for (const auto& entry : table) {
    if (test(entry)) return &entry;
  }
  return nullptr;
}

}  // namespace

std::span<const KnownForce> known_forces() { return kForces; }

const KnownForce* known_force_by_slug(std::string_view wanted) {
  return find_in(kForces, [&](const KnownForce& force) { return force.slug == wanted; });
}

const KnownForce* known_force_by_name(std::string_view reported_by) {
  return find_in(kForces, [&](const KnownForce& force) { return force.name == reported_by; });
}

const KnownForce* known_force_by_area(std::string_view area_code) {
  if (area_code.empty()) return nullptr;
  return find_in(kForces, [&](const KnownForce& force) { return force.area_code == area_code; });
}

std::string force_slug(std::string_view reported_by) {
  if (const KnownForce* force = known_force_by_name(reported_by)) return std::string(force->slug);
  return slug(reported_by);
}

std::span<const KnownCrimeType> known_crime_types() { return kCrimeTypes; }

const KnownCrimeType* known_crime_type(std::string_view wanted) {
  return find_in(kCrimeTypes, [&](const KnownCrimeType& type) { return type.slug == wanted; });
}

bool published_in(const KnownCrimeType& type, Month month) {
  if (month < Month::from_ym(type.first_year, type.first_month)) return false;
  return type.last_year == 0 || month <= Month::from_ym(type.last_year, type.last_month);
}

std::span<const CategoryBreak> category_break_table() { return kBreaks; }

std::string crime_type_slug(std::string_view name) {
  std::string made = is_blank_word(name) ? std::string() : slug(name);
  return made.empty() ? "not-stated" : made;
}

}  // namespace tithing::evidence
