# A recipe, and how much of everything it takes for more people.

Ingredient = Struct.new(:name, :grams)

class Recipe
  attr_reader :title, :people, :ingredients

  def initialize(title, people)
    @title = title
    @people = people
    @ingredients = []
  end

  def add(name, grams)
    @ingredients << Ingredient.new(name, grams)
    self
  end

  # The same recipe for so many people.
  def for_people(count)
    scaled = Recipe.new(title, count)
    ingredients.each do |ingredient|
      
    end
    scaled
  end
end

bread = Recipe.new('Bread', 4).add('flour', 500).add('water', 320)
bread.for_people(6).ingredients.each do |ingredient|
  puts "#{ingredient.grams} g #{ingredient.name}"
end
